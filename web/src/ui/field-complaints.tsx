import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { complaintOf } from './complaint-of.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Complaint {
  readonly id: string;
  readonly control: Control;
  /** Where the sentence stands: the wrapper of the field, below its input. */
  readonly place: Element;
  readonly text: string;
}

const isControl = (target: EventTarget | null): target is Control =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

/**
 * Says what is missing in a form below each field, as a sentence of ours, in place of the browser's bubble: a bubble
 * names one field at a time, in other words, another language and another look. Mounted once, for every form.
 */
export function FieldComplaints() {
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  useEffect(() => {
    let last = 0;
    const without = (gone: EventTarget | null) => (list: readonly Complaint[]) =>
      list.some((one) => one.control === gone || !one.control.isConnected)
        ? list.filter((one) => one.control !== gone && one.control.isConnected)
        : list;
    const invalid = (event: Event) => {
      if (!isControl(event.target)) return;
      event.preventDefault();
      const control = event.target;
      // The browser asks every field of the form at once; the first one takes the focus.
      if (control.form?.querySelector(':invalid:not(fieldset)') === control) control.focus();
      last += 1;
      const id = `sp-complaint-${last}`;
      const place = control.closest('.mantine-InputWrapper-root') ?? control.parentElement;
      if (!place) return;
      const next = { id, control, place, text: complaintOf(control) };
      setComplaints((list) => [...without(control)(list), next]);
    };
    const changed = (event: Event) => setComplaints(without(event.target));
    document.addEventListener('invalid', invalid, true);
    document.addEventListener('input', changed, true);
    return () => {
      document.removeEventListener('invalid', invalid, true);
      document.removeEventListener('input', changed, true);
    };
  }, []);
  useEffect(() => {
    for (const { control, id } of complaints) {
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-errormessage', id);
    }
    return () => {
      for (const { control } of complaints) {
        control.removeAttribute('aria-invalid');
        control.removeAttribute('aria-errormessage');
      }
    };
  }, [complaints]);
  return complaints.map(({ id, place, text }) =>
    createPortal(
      <p id={id} className="mantine-InputWrapper-error sp-complaint" role="alert">
        {text}
      </p>,
      place,
      id,
    ),
  );
}
