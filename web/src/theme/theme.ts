import { createTheme } from '@mantine/core';
import { firstOptions } from '../ui/first-options.ts';
import { focusMenuOwner } from '../ui/menu-owner.ts';
import { dark, gray, port } from './palette.ts';
import { PasswordEye } from './password-eye.tsx';

const size = { defaultProps: { size: 'md' } };
const offer = {
  defaultProps: {
    size: 'md',
    comboboxProps: { shadow: 'md', transitionProps: { duration: 0 } },
    filter: firstOptions,
    // The list itself scrolls: the keys of its field lead through it.
    withScrollArea: false,
  },
  classNames: { options: 'sp-options' },
};
const choice = {
  ...offer,
  // Opened by the focus alone, a list would cover what the field is said to lack, and each tab through a form open one.
  defaultProps: { ...offer.defaultProps, nothingFoundMessage: 'Nothing matches', openOnFocus: false },
};

/** Mantine in the product's own measures: controls are 24, 28, 32 (default) and 40 high (`mantine.css`). */
export const theme = createTheme({
  colors: { port, gray, dark },
  primaryColor: 'port',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: false,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  white: '#FFFFFF',
  black: '#14171C',
  fontFamily: 'var(--sp-font)',
  fontFamilyMonospace: 'var(--sp-mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  shadows: {
    xs: 'none',
    sm: 'var(--sp-shadow-1)',
    md: 'var(--sp-shadow-2)',
    lg: 'var(--sp-shadow-2)',
    xl: 'var(--sp-shadow-3)',
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  components: {
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    Input: size,
    InputBase: size,
    InputWrapper: size,
    TextInput: size,
    PasswordInput: { defaultProps: { size: 'md', visibilityToggleIcon: PasswordEye } },
    Textarea: size,
    Select: choice,
    MultiSelect: choice,
    TagsInput: offer,
    Checkbox: { defaultProps: { size: 'xs', radius: 'sm' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Menu: {
      // The focus stands on the menu itself: a placeholder in it is no item, which a menu may not hold.
      defaultProps: { shadow: 'md', transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    // Mantine draws it as a <header>, which outside of a section is taken for the page's own.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Modal: {
      defaultProps: {
        size: 440,
        centered: true,
        radius: 'xl',
        padding: 20,
        shadow: 'xl',
        transitionProps: { duration: 120, transition: 'fade' },
        closeButtonProps: { 'aria-label': 'Close' },
        onExitTransitionEnd: focusMenuOwner,
      },
    },
  },
});
