//! Where a person is registered and lives, by codes of GB/T 2260.

/// The significant digits of a code that stands for a county or something smaller: `330502`,
/// `330502104`, and of a village's twelve digits the township's nine. `None` for anything else.
///
/// A code that is retired or of another province is no reason to refuse.
#[must_use]
pub fn local_division(code: &str) -> Option<String> {
    let code = code.trim();
    let is_code = code.bytes().all(|b| b.is_ascii_digit()) && matches!(code.len(), 6 | 9 | 12);
    let township = code.get(..9).unwrap_or(code);
    let significant = township.strip_suffix("000").unwrap_or(township);
    // A county's own digits are not both zeros: 330000 and 330500 are a province and a city.
    let is_local = is_code && !code.starts_with('0') && significant.get(4..6).is_some_and(|county| county != "00");
    is_local.then(|| significant.to_owned())
}

#[cfg(test)]
mod tests {
    use super::local_division;

    #[test]
    fn counties_and_what_lies_in_them_are_places_to_live() {
        for (code, significant) in [
            ("330502", "330502"),
            ("330502000", "330502"),
            ("330502104", "330502104"),
            ("330502104201", "330502104"),
            (" 330383 ", "330383"),
            ("341822", "341822"),
        ] {
            assert_eq!(local_division(code).as_deref(), Some(significant), "{code}");
        }
        for code in
            ["", "33", "3305", "330500", "330000", "330000000", "33050210", "03050210", "33050a", "３３０５０２"]
        {
            assert_eq!(local_division(code), None, "{code}");
        }
    }
}
