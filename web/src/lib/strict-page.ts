import { setNonce } from 'get-nonce';

// Zod reads this when it loads. It would otherwise try `new Function`, which the page's policy refuses and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

/** The nonce of this page, for the style elements that libraries insert. */
export const styleNonce = (): string => nonce;

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}
const factory = (window as { trustedTypes?: PolicyFactory }).trustedTypes;

// Mantine writes style sheets through `innerHTML`. Text without `<` cannot become an element, so that is
// all that passes; script text and script addresses have no rule and are refused by the browser.
factory?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('Markup is not written as text here.');
    return text;
  },
});
