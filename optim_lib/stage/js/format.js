// How numbers and sentences are written: the twin of optim_lib/text.py, from one table of cases.

const NUDGE = 1 + 1e-12; // so that the last bit of 0.94525 does not decide how it is rounded

const trimmed = (digits) => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);

export function number(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? "−" : "";
  if (!Number.isFinite(value)) return `${sign}∞`;
  const size = Math.min(Math.abs(value) * NUDGE, Number.MAX_VALUE);
  if (size === 0) return "0";
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if ((-3 <= exponent && exponent < 5) || (1 < size && size < 99999.5))
    return sign + trimmed(size.toFixed(Math.max(0, digits - 1 - exponent)));
  return `${sign}${trimmed(mantissa)}e${exponent}`;
}

// Every sentence for the reader passes through here, whole, with its fields by name.
export const say = (template, fields = {}) =>
  template.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
