//! Check digits of our own numbers: ISO 7064, MOD 11,10.

/// The check digit of `digits`; `None` if any is not an ASCII digit.
#[must_use]
pub fn check_digit(digits: &str) -> Option<char> {
    let mut product = 10;
    for letter in digits.chars() {
        let sum = (letter.to_digit(10)? + product) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    char::from_digit((11 - product) % 10, 10)
}

/// Whether the last digit of `number` is the check digit of those before.
#[must_use]
pub fn is_checked(number: &str) -> bool {
    number.char_indices().next_back().is_some_and(|(at, last)| at > 0 && check_digit(&number[..at]) == Some(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_standards_own_example_is_right() {
        assert_eq!(check_digit("0794"), Some('5'));
        assert!(is_checked("07945"));
        assert!(!is_checked("5"));
        assert_eq!(check_digit("12a"), None);
    }

    proptest! {
        #[test]
        fn every_wrong_digit_is_found(digits in "[0-9]{4,20}", at in 0..20usize, by in 1..10u32) {
            let number = format!("{digits}{}", check_digit(&digits).unwrap());
            prop_assert!(is_checked(&number));
            let at = at % number.len();
            let changed = |(i, letter): (usize, char)| if i == at {
                char::from_digit((letter.to_digit(10).unwrap() + by) % 10, 10).unwrap()
            } else { letter };
            let wrong: String = number.chars().enumerate().map(changed).collect();
            prop_assert!(!is_checked(&wrong));
        }
    }
}
