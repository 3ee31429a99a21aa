type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is wrong with a field, in the product's words, where the browser would use its own. */
export function complaintOf(control: Control): string {
  const { validity } = control;
  const label = labelOf(control);
  const limit = (name: 'min' | 'max') => (control instanceof HTMLInputElement ? control[name] : '');
  if (validity.valueMissing)
    return control.type === 'checkbox' ? 'Check this box to continue.' : `${label} is required.`;
  if (validity.typeMismatch && control.type === 'email')
    return 'Enter an email address, such as name@example.com.';
  if (validity.typeMismatch && control.type === 'url')
    return 'Enter an address that starts with https://, such as https://example.com.';
  if (validity.rangeUnderflow) return `${label} must be ${limit('min')} or more.`;
  if (validity.rangeOverflow) return `${label} must be ${limit('max')} or less.`;
  if (validity.badInput || validity.stepMismatch) return `${label} must be a whole number.`;
  if (validity.tooShort && 'minLength' in control)
    return `${label} must have at least ${control.minLength} characters.`;
  return control.title || control.validationMessage;
}

/** The words of its label, without the mark of a required field. */
function labelOf(control: Control): string {
  const text = control.labels?.[0]?.textContent ?? control.getAttribute('aria-label') ?? '';
  return text.trim().replace(/\*$/, '').trim() || 'It';
}
