/** Small choices of the options popover. */
import { useId } from 'react';
import { Menu, MenuChoice, MenuOption } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const NONE = '\u0000none';

/** One of several, or none of them. */
export function Choice<T extends string>({
  label,
  value,
  none,
  options,
  onChange,
}: {
  label: string;
  value: T | undefined;
  none: string;
  options: readonly T[];
  onChange: (value: T | undefined) => void;
}) {
  return (
    <div className="options-row">
      <span className="options-label">{label}</span>
      <Menu
        label={label}
        trigger={
          <button type="button" className="button button-outlined choice" aria-label={`${label}: ${value ?? none}`}>
            <span className={value === undefined ? '' : 'mono'}>{value ?? none}</span>
            <Icon name="chevronDown" size={12} />
          </button>
        }
      >
        <MenuChoice<string>
          value={value ?? NONE}
          onChange={(next) => onChange(next === NONE ? undefined : options.find((option) => option === next))}
        >
          <MenuOption value={NONE}>{none}</MenuOption>
          {options.map((option) => (
            <MenuOption key={option} value={option}>
              <span className="mono">{option}</span>
            </MenuOption>
          ))}
        </MenuChoice>
      </Menu>
    </div>
  );
}

/** One of few, side by side: native radio buttons in the dress of segments. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly T[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="segments-field">
      <legend className="options-label">{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option} className="segment" data-checked={option === value}>
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            {option}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
