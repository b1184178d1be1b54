// Mantine's primitives drawn in the console's own roles (tokens.css): sizes and colours are set here once,
// so that a page never restyles an input or a button of its own.
import {
  createTheme,
  type ActionIconProps,
  type ButtonProps,
  type CheckboxProps,
  type CSSVariablesResolver,
  type LoaderProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type NativeSelectProps,
  type NumberInputProps,
  type PasswordInputProps,
  type ProgressProps,
  type SegmentedControlProps,
  type SelectProps,
  type SwitchProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core';
import classes from './theme.module.css';

const tide: MantineColorsTuple = [
  '#e2f0f1',
  '#cbe4e6',
  '#9fced2',
  '#6ac6cf',
  '#3da5af',
  '#18858f',
  '#147984',
  '#0b6b74',
  '#095a62',
  '#06474d',
];

const field = {
  defaultProps: { size: 'xs' },
  classNames: {
    input: classes.input,
    label: classes.label,
    description: classes.small,
    error: classes.small,
  },
} as const;

interface Drawn<P> {
  defaultProps?: Partial<P>;
  classNames?: Readonly<Record<string, string | undefined>>;
}

/** How one primitive is drawn. Only its type is imported here: a page loads the primitives that it uses, not all. */
const drawn = <P>(how: Drawn<P>): Drawn<P> => how;

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  colors: { tide },
  fontFamily: 'var(--tg-font)',
  fontFamilyMonospace: 'var(--tg-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '14px' } } },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: drawn<ActionIconProps>({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Button: drawn<ButtonProps>({ defaultProps: { size: 'xs' }, classNames: { root: classes.button } }),
    Checkbox: drawn<CheckboxProps>({
      defaultProps: { size: 'xs' },
      classNames: { description: classes.small, error: classes.small },
    }),
    Loader: drawn<LoaderProps>({ defaultProps: { size: 'xs' } }),
    Menu: drawn<MenuProps>({
      defaultProps: { shadow: 'none', withinPortal: true },
      classNames: { dropdown: classes.dropdown, item: classes.option, label: classes.menuLabel },
    }),
    Modal: drawn<ModalProps>({
      defaultProps: {
        centered: false,
        yOffset: '12vh',
        transitionProps: { duration: 90 },
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
        // A dialog's header is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      classNames: { content: classes.modal, header: classes.modalHeader, title: classes.modalTitle },
    }),
    NativeSelect: drawn<NativeSelectProps>(field),
    NumberInput: drawn<NumberInputProps>(field),
    PasswordInput: drawn<PasswordInputProps>({
      ...field,
      defaultProps: { ...field.defaultProps, visibilityToggleFocusable: true },
    }),
    Progress: drawn<ProgressProps>({ defaultProps: { size: 6, radius: 'xl' } }),
    SegmentedControl: drawn<SegmentedControlProps>({ defaultProps: { size: 'xs' } }),
    Select: drawn<SelectProps>({
      defaultProps: { size: 'xs', comboboxProps: { shadow: 'none' } },
      classNames: { ...field.classNames, dropdown: classes.dropdown, option: classes.option },
    }),
    Switch: drawn<SwitchProps>({
      defaultProps: { size: 'xs' },
      classNames: { input: classes.switch, track: classes.track, thumb: classes.thumb },
    }),
    Textarea: drawn<TextareaProps>(field),
    TextInput: drawn<TextInputProps>(field),
    Tooltip: drawn<TooltipProps>({
      defaultProps: {
        openDelay: 250,
        multiline: true,
        maw: 340,
        events: { hover: true, focus: true, touch: true },
      },
      classNames: { tooltip: classes.tooltip },
    }),
  },
});

/** Points Mantine's own variables at the roles of tokens.css, the same for both themes. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const roles = {
    '--mantine-color-body': 'var(--tg-surface)',
    '--mantine-color-text': 'var(--tg-text)',
    '--mantine-color-dimmed': 'var(--tg-muted)',
    '--mantine-color-placeholder': 'var(--tg-faint)',
    '--mantine-color-anchor': 'var(--tg-accent-text)',
    '--mantine-color-error': 'var(--tg-bad)',
    '--mantine-color-default': 'var(--tg-surface)',
    '--mantine-color-default-hover': 'var(--tg-hover)',
    '--mantine-color-default-color': 'var(--tg-text)',
    '--mantine-color-default-border': 'var(--tg-line-strong)',
    '--mantine-color-disabled': 'var(--tg-sunken)',
    '--mantine-color-disabled-color': 'var(--tg-faint)',
    '--mantine-color-disabled-border': 'var(--tg-line)',
    '--mantine-color-tide-filled': 'var(--tg-accent)',
    '--mantine-color-tide-filled-hover': 'var(--tg-accent-hover)',
    '--mantine-color-tide-light': 'var(--tg-accent-soft)',
    '--mantine-color-tide-light-hover': 'var(--tg-accent-soft)',
    '--mantine-color-tide-light-color': 'var(--tg-accent-text)',
    '--mantine-color-tide-outline': 'var(--tg-accent-text)',
    '--mantine-color-red-filled': 'var(--tg-danger)',
    '--mantine-color-red-filled-hover': 'var(--tg-danger-hover)',
    '--mantine-color-red-light': 'var(--tg-bad-soft)',
    '--mantine-color-red-light-color': 'var(--tg-bad)',
    '--mantine-color-gray-light-color': 'var(--tg-muted)',
    '--mantine-color-gray-light-hover': 'var(--tg-hover)',
    '--mantine-primary-color-filled': 'var(--tg-accent)',
    '--mantine-primary-color-filled-hover': 'var(--tg-accent-hover)',
    '--mantine-primary-color-light': 'var(--tg-accent-soft)',
    '--mantine-primary-color-light-color': 'var(--tg-accent-text)',
  };
  return { variables: {}, light: roles, dark: roles };
};
