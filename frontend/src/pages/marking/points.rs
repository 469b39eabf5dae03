//! Points as a person types them.

use shared::points::Points;

/// Marks as a person types them: `2`, `2.5`; at most two decimals. Full-width digits and the full
/// stop of a Chinese keyboard count as what they look like.
pub(crate) fn parse_points(text: &str) -> Option<Points> {
    let text: String = text.trim().chars().map(half_width).collect();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 2 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let hundredths: i32 = format!("{decimals:0<2}").parse().ok()?;
    Some(Points(whole.parse::<i32>().ok()?.checked_mul(100)?.checked_add(hundredths)?))
}

/// The character that a Latin keyboard would have given.
fn half_width(typed: char) -> char {
    match typed {
        '\u{3002}' | '\u{ff0e}' => '.',
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(typed) - 0xff10 + u32::from('0')).unwrap_or(typed),
        _ => typed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_write_them() {
        assert_eq!(parse_points(" 2.5 "), Some(Points(250)));
        assert_eq!(parse_points("10"), Some(Points(1_000)));
        assert_eq!(parse_points("0.05"), Some(Points(5)));
        for wrong in ["", "-1", "1.234", "a", "1e3", "."] {
            assert_eq!(parse_points(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_chinese_keyboard_types_points_too() {
        assert_eq!(parse_points("２。５"), Some(Points(250)));
        assert_eq!(parse_points("１２．０"), Some(Points(1_200)));
    }
}
