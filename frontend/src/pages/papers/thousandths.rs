//! Shares as people write them: 0.65 for 650 of a thousand.

/// A share with two decimals, or three where it has them.
pub(in crate::pages) fn share_text(thousandths: i32) -> String {
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths.rem_euclid(1_000));
    text.strip_suffix('0').map(str::to_owned).unwrap_or(text)
}

/// Reads a share from 0 to 1 with at most three decimals.
pub(in crate::pages) fn parse_share(text: &str) -> Option<u16> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 3 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    let all = whole.parse::<u16>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
    (all <= 1_000).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for (thousandths, text) in [(0, "0.00"), (650, "0.65"), (655, "0.655"), (1_000, "1.00"), (20, "0.02")] {
            assert_eq!(share_text(thousandths), text);
            assert_eq!(parse_share(text).map(i32::from), Some(thousandths));
        }
        assert_eq!((parse_share("1"), parse_share(" .5"), parse_share("0.5")), (Some(1_000), None, Some(500)));
        for wrong in ["", "1.001", "2", "-0.5", "0.1234", "a"] {
            assert_eq!(parse_share(wrong), None, "{wrong}");
        }
    }
}
