type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is wrong with a field, in the product's words, where the browser would use its own. */
export function complaintOf(control: Control): string {
  const { validity } = control;
  const label = labelOf(control);
  const limit = (name: 'min' | 'max') => (control instanceof HTMLInputElement ? control[name] : '');
  if (validity.valueMissing) return control.type === 'checkbox' ? 'Tick it to go on.' : `${label} is needed.`;
  if (validity.typeMismatch && control.type === 'email')
    return 'An e-mail address looks like name@example.com.';
  if (validity.typeMismatch && control.type === 'url')
    return 'An address begins with https://, as in https://example.com.';
  if (validity.rangeUnderflow) return `${label} is ${limit('min')} or more.`;
  if (validity.rangeOverflow) return `${label} is ${limit('max')} or less.`;
  if (validity.badInput || validity.stepMismatch) return `${label} is a whole number.`;
  if (validity.tooShort && 'minLength' in control)
    return `${label} has ${control.minLength} characters or more.`;
  return control.title || control.validationMessage;
}

/** The words of its label, without the mark of a required field. */
function labelOf(control: Control): string {
  const text = control.labels?.[0]?.textContent ?? control.getAttribute('aria-label') ?? '';
  return text.replace(/\s*\*\s*$/, '').trim() || 'It';
}
