/** Whether a text of JSON is nested more than `most` levels deep. Its texts are passed over, and nothing is parsed. */
export function isNestedDeeper(json: string, most: number): boolean {
  // As many brackets open as close.
  if (json.length <= 2 * most) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (inText) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) inText = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
