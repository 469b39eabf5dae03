//! The entry code (考场口令) of a room, where a test asks for it: the invigilator reads it out, and a candidate types it
//! before the first device begins. It shows that somebody is in the room (DESIGN §5.10); who they are, admission says.

/// Digits of a code. Nobody guesses among so many as long as candidates are let in, and two groups of four are easily
/// read out.
pub const ENTRY_CODE_DIGITS: usize = 8;
/// How many codes there are.
const CODES: u64 = 100_000_000;

/// The code that bytes stand for which nobody can foresee.
#[must_use]
pub fn entry_code_of(secret: &[u8; 32]) -> String {
    let number = secret.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("{:0width$}", number % CODES, width = ENTRY_CODE_DIGITS)
}

/// A code as it is read out: in groups of four.
#[must_use]
pub fn spoken_entry_code(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join(" ")
}

/// Reads a code as a person types it, with spaces or full-width digits; `None` unless it is whole.
#[must_use]
pub fn read_entry_code(typed: &str) -> Option<String> {
    let half_width = |sign: char| match sign {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(sign) - 0xff10 + u32::from('0')).unwrap_or(sign),
        _ => sign,
    };
    let code: String = typed.chars().filter(|sign| !sign.is_whitespace()).map(half_width).collect();
    let is_whole = code.len() == ENTRY_CODE_DIGITS && code.bytes().all(|sign| sign.is_ascii_digit());
    is_whole.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_is_read_as_people_type_it() {
        for typed in ["01234567", " 0123 4567 ", "０１２３４５６７", "0123\u{3000}4567"] {
            assert_eq!(read_entry_code(typed).as_deref(), Some("01234567"), "{typed}");
        }
        for typed in ["", "0123456", "012345678", "0123456a"] {
            assert_eq!(read_entry_code(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_code_is_read_again_as_it_is_spoken(secret: [u8; 32]) {
            let code = entry_code_of(&secret);
            prop_assert_eq!(read_entry_code(&spoken_entry_code(&code)), Some(code));
        }
    }
}
