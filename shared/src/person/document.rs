//! Identity documents: a kind and a number (DOMAIN §3.2). Together they are the key of a person.

use super::{DocumentRefusal, DocumentType, IdentityNumber, Sex, identity_number::to_half_width, name::is_invisible};
use jiff::civil::Date;

/// Longest number of a document whose form is not known to us, in characters.
pub const MAX_DOCUMENT_CHARS: usize = 30;
/// So many digits in a row may be a document number or a phone.
pub(crate) const TELLING_DIGITS: usize = 8;
/// So many, if signs stand between them: a phone. A date has fewer.
const TELLING_DIGITS_IN_PARTS: usize = 11;

/// A document whose number has the form that its kind asks for. No plain `Display`, masked `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityDocument {
    kind: DocumentType,
    number: Number,
}

/// A number that tells birth date and sex, or one that tells nothing.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Number {
    Citizen(IdentityNumber),
    Plain(String),
}

impl IdentityDocument {
    /// Reads a number; lower case, full-width characters and spaces are accepted.
    ///
    /// An address code that is retired, or that was never assigned, is no reason to refuse.
    ///
    /// # Errors
    /// [`DocumentRefusal`], the coarsest reason first.
    pub fn parse(kind: DocumentType, text: &str, today: Date) -> Result<Self, DocumentRefusal> {
        if is_destroyed(text) {
            return Err(DocumentRefusal::DestroyedBySpreadsheet);
        }
        let number = tidy(text);
        if number.is_empty() {
            return Err(DocumentRefusal::Missing);
        }
        let number = match kind {
            DocumentType::ResidentIdentityCard | DocumentType::ResidencePermit => citizen(kind, &number, today)?,
            DocumentType::PermanentResidenceCard if !is_old_residence_card(&number) => citizen(kind, &number, today)?,
            _ if has_form(kind, &number) => Number::Plain(number),
            _ => return Err(DocumentRefusal::Malformed { kind }),
        };
        Ok(Self { kind, number })
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> DocumentType {
        self.kind
    }

    /// The whole number; showing it is audited.
    #[must_use]
    pub fn reveal(&self) -> &str {
        match &self.number {
            Number::Citizen(number) => number.reveal(),
            Number::Plain(number) => number,
        }
    }

    /// What tells this document from every other: the text under the blind index.
    #[must_use]
    pub fn canonical(&self) -> String {
        let number = self.reveal();
        let mut text = String::with_capacity(number.len() + 2);
        text.push(self.kind.code());
        text.push(':');
        text.push_str(number);
        text
    }

    /// The number with all but its ends hidden.
    #[must_use]
    pub fn masked(&self) -> String {
        mask_number(self.reveal())
    }

    /// The birth date, where the number tells.
    #[must_use]
    pub fn birth_date(&self) -> Option<Date> {
        match &self.number {
            Number::Citizen(number) => Some(number.birth_date()),
            Number::Plain(_) => None,
        }
    }

    /// The sex, where the number tells. Of permanent-residence cards that is not documented.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match &self.number {
            Number::Citizen(number) if self.kind != DocumentType::PermanentResidenceCard => Some(number.sex()),
            _ => None,
        }
    }

    /// Whether what a person states agrees with what the number tells.
    ///
    /// # Errors
    /// [`DocumentRefusal::OtherBirthDate`] or [`DocumentRefusal::OtherSex`].
    pub fn agrees_with(&self, born: Option<Date>, sex: Option<Sex>) -> Result<(), DocumentRefusal> {
        match (self.birth_date(), born) {
            (Some(derived), Some(stated)) if derived != stated => {
                return Err(DocumentRefusal::OtherBirthDate { derived });
            }
            _ => {}
        }
        match (self.sex(), sex) {
            (Some(derived), Some(stated)) if derived != stated => Err(DocumentRefusal::OtherSex { derived }),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for IdentityDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.masked())
    }
}

/// A number with all but its ends hidden: at most four characters stay at each end, and never more
/// than half of all. Works on texts that are no number, too.
#[must_use]
pub fn mask_number(number: &str) -> String {
    let length = number.chars().count();
    let shown = (length / 4).min(4);
    let is_shown = |at: usize| at < shown || at >= length - shown;
    number.chars().enumerate().map(|(at, letter)| if is_shown(at) { letter } else { '*' }).collect()
}

/// A number with all hidden but its start: what [`mask_number`] shows of it there. What is masked already may come in.
#[must_use]
pub fn mask_to_start(number: &str) -> String {
    let shown = (number.chars().count() / 4).min(4);
    number.chars().enumerate().map(|(at, letter)| if at < shown { letter } else { '*' }).collect()
}

/// A text with every number masked in it that may be a document's or a phone's, also one that is
/// written with spaces or hyphens.
#[must_use]
pub fn mask_numbers(text: &str) -> String {
    let is_digit = |letter: char| to_half_width(letter).is_ascii_digit();
    let is_check = |letter: char| matches!(to_half_width(letter), 'X' | 'x');
    let stands_between = |letter: char| letter.is_whitespace() || is_invisible(letter) || to_half_width(letter) == '-';
    let letters: Vec<char> = text.chars().collect();
    let runs = letters.chunk_by(|one, next| {
        (is_digit(*one) && (is_digit(*next) || is_check(*next) || stands_between(*next)))
            || (stands_between(*one) && is_digit(*next))
    });
    let masked = runs.map(|run| {
        let whole: String = run.iter().collect();
        let lengths = run.split(|letter| !is_digit(*letter)).map(<[char]>::len);
        let is_telling =
            lengths.clone().any(|length| length >= TELLING_DIGITS) || lengths.sum::<usize>() >= TELLING_DIGITS_IN_PARTS;
        if is_telling { mask_number(&whole) } else { whole }
    });
    masked.collect()
}

/// Upper case, half width, without spaces and what shows nothing, and without the apostrophe by which
/// a spreadsheet is told that a number is a text.
fn tidy(text: &str) -> String {
    let text = text.trim().trim_start_matches('\'');
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| to_half_width(c).to_ascii_uppercase())
        .collect()
}

fn citizen(kind: DocumentType, number: &str, today: Date) -> Result<Number, DocumentRefusal> {
    let parsed = IdentityNumber::parse(number, today)?;
    let likely = DocumentType::of_number(number);
    if likely == kind { Ok(Number::Citizen(parsed)) } else { Err(DocumentRefusal::OtherKind { likely }) }
}

/// The old permanent-residence card: three letters and twelve digits.
fn is_old_residence_card(number: &str) -> bool {
    number.len() == 15
        && number.bytes().take(3).all(|b| b.is_ascii_uppercase())
        && number.bytes().skip(3).all(|b| b.is_ascii_digit())
}

fn has_form(kind: DocumentType, number: &str) -> bool {
    let all = |is_right: fn(&u8) -> bool| number.as_bytes().iter().all(is_right);
    match kind {
        DocumentType::Passport => (5..=17).contains(&number.len()) && all(u8::is_ascii_alphanumeric),
        DocumentType::TaiwanTravelPermit => number.len() == 8 && all(u8::is_ascii_digit),
        DocumentType::PermanentResidenceCard => is_old_residence_card(number),
        // 回乡证 ([HM] and 8 or 10 digits), passports and local cards: known forms differ too much.
        DocumentType::HongKongDocument | DocumentType::MacaoDocument => {
            (5..=MAX_DOCUMENT_CHARS).contains(&number.len())
                && all(|b| b.is_ascii_alphanumeric() || matches!(b, b'(' | b')' | b'-'))
        }
        _ => number.chars().count() <= MAX_DOCUMENT_CHARS && !number.chars().any(char::is_control),
    }
}

/// Whether a spreadsheet took a long number for a quantity: `3.30199E+17`, `330199198503140000.0`,
/// or 18 digits of which the last three became zeros so that the check digit is wrong.
///
/// A number that ends in three zeros by right is kept: its check digit is 0.
fn is_destroyed(text: &str) -> bool {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'+' | b'E' | b'e')) {
        return false;
    }
    if let Some((mantissa, exponent)) = text.split_once(['E', 'e']) {
        let is_power = !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit() || b == b'+');
        return is_power && mantissa.contains('.') || exponent.starts_with('+');
    }
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if whole.len() < text.len() {
        return whole.len() >= 15;
    }
    text.len() == 18 && text.ends_with("000") && IdentityNumber::has_wrong_check(text)
}

#[cfg(test)]
mod tests;
