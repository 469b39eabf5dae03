//! What is stated of a person, checked: the same in the form and at the server.

use super::{NewPerson, StatedDocument, local_division};
use crate::{
    person::{
        IdentityDocument, MAX_NAME_CHARS, Sex, TELLING_DIGITS, is_child, mask_numbers, normalise_name, normalise_phone,
    },
    problem::FieldError,
};
use jiff::civil::Date;

/// Characters of a reason or a note.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 2..=200;

/// A person as they were stated, in the form in which they are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckedPerson {
    /// The name.
    pub name: String,
    /// The document.
    pub document: IdentityDocument,
    /// The birth date, told by the number or stated.
    pub birth_date: Date,
    /// The sex, told by the number or stated.
    pub sex: Option<Sex>,
    /// The phone.
    pub phone: Option<String>,
    /// Significant digits of the registered residence's code.
    pub household_division: String,
    /// Significant digits of the actual residence's code.
    pub residence_division: String,
}

impl NewPerson {
    /// Checks everything that can be checked without the store.
    ///
    /// # Errors
    /// All fields that are wrong, at once.
    pub fn check(&self, today: Date) -> Result<CheckedPerson, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let mut note = |pointer: &str, code: &str| wrong.push(FieldError::new(pointer, code));
        let name = check_name(&self.name).map_err(|error| note(&error.pointer, &error.code)).ok();
        let document = check_document(&self.document, "/document", today);
        let phone = check_phone(self.phone.as_deref());
        let household = local_division(&self.household_division);
        let residence = local_division(&self.residence_division);
        if household.is_none() {
            note("/household_division", "division-malformed");
        }
        if residence.is_none() {
            note("/residence_division", "division-malformed");
        }
        let born = document.as_ref().ok().and_then(IdentityDocument::birth_date).or(self.birth_date);
        match (&document, born) {
            (Ok(_), None) => note("/birth_date", "required"),
            (Ok(_), Some(born)) if born > today => note("/birth_date", "out-of-range"),
            (Ok(document), Some(born)) if is_child(born, today) => {
                note(document.birth_date().map_or("/birth_date", |_| "/document/number"), "under-age");
            }
            (Ok(document), _) => {
                if let Err(refusal) = document.agrees_with(self.birth_date, None) {
                    note("/birth_date", refusal.field_code());
                }
                if let Err(refusal) = document.agrees_with(None, self.sex) {
                    note("/sex", refusal.field_code());
                }
            }
            (Err(_), _) => {}
        }
        let (document, phone) = match (document, phone) {
            (Ok(document), Ok(phone)) => (Some(document), phone),
            (document, phone) => {
                wrong.extend(document.err());
                wrong.extend(phone.err());
                (None, None)
            }
        };
        match (name, document, born, household, residence) {
            (Some(name), Some(document), Some(birth_date), Some(household_division), Some(residence_division))
                if wrong.is_empty() =>
            {
                let sex = document.sex().or(self.sex);
                Ok(CheckedPerson { name, document, birth_date, sex, phone, household_division, residence_division })
            }
            _ => Err(wrong),
        }
    }
}

/// A name as it was stated, in the form in which it is kept.
///
/// # Errors
/// The field `/name`.
pub fn check_name(stated: &str) -> Result<String, FieldError> {
    normalise_name(stated).ok_or_else(|| {
        let code = match stated.trim().chars().count() {
            0 => "required",
            1..=MAX_NAME_CHARS => "name-malformed",
            _ => "too-long",
        };
        FieldError::new("/name", code)
    })
}

/// How a name begins that somebody looks for, as names are kept; empty if nothing was typed. It stands in an address, and
/// addresses are kept in many places, so that no number of a document or a phone belongs into it.
///
/// # Errors
/// The field `/name`.
pub fn check_sought_name(typed: &str) -> Result<String, FieldError> {
    if mask_numbers(typed) != typed {
        return Err(FieldError::new("/name", "name-holds-number"));
    }
    Ok(normalise_name(typed).unwrap_or_else(|| typed.trim().to_owned()))
}

/// A document as it was stated, read by the rules of its kind. The field stands below `pointer`.
///
/// # Errors
/// The field that is wrong.
pub fn check_document(stated: &StatedDocument, pointer: &str, today: Date) -> Result<IdentityDocument, FieldError> {
    IdentityDocument::parse(stated.kind, &stated.number, today)
        .map_err(|refusal| FieldError::new(format!("{pointer}/number"), refusal.field_code()))
}

/// A phone as it was stated; an empty one is none.
///
/// # Errors
/// The field `/phone`.
pub fn check_phone(stated: Option<&str>) -> Result<Option<String>, FieldError> {
    match stated.filter(|phone| !phone.trim().is_empty()) {
        None => Ok(None),
        Some(phone) => normalise_phone(phone).map(Some).ok_or_else(|| FieldError::new("/phone", "phone-malformed")),
    }
}

/// A reason in somebody's own words. It is kept as it stands, so no long number belongs into it.
///
/// # Errors
/// The field at `pointer`.
pub fn check_reason(text: &str, pointer: &str) -> Result<String, FieldError> {
    check_words(text, pointer, *REASON_CHARS.end())
}

/// The same, of at most `most` characters.
///
/// # Errors
/// The field at `pointer`.
pub fn check_words(text: &str, pointer: &str, most: usize) -> Result<String, FieldError> {
    let text = text.trim();
    let length = text.chars().count();
    if length < *REASON_CHARS.start() {
        return Err(FieldError::new(pointer, "required"));
    }
    if length > most {
        return Err(FieldError::new(pointer, "too-long"));
    }
    let digits = text.split(|letter: char| !letter.is_numeric()).map(|run| run.chars().count()).max();
    if digits.unwrap_or_default() >= TELLING_DIGITS {
        return Err(FieldError::new(pointer, "holds-number"));
    }
    Ok(text.to_owned())
}

/// A birth date of which the year alone is shown.
#[must_use]
pub fn mask_birth_date(date: Date) -> String {
    format!("{:04}-**-**", date.year())
}

/// A phone with its middle hidden.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let hidden = 3..7;
    phone.chars().enumerate().map(|(at, digit)| if hidden.contains(&at) { '*' } else { digit }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::DocumentType;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn person(kind: DocumentType, number: &str) -> NewPerson {
        NewPerson {
            name: " 阿依•古丽 ".to_owned(),
            document: StatedDocument { kind, number: number.to_owned() },
            birth_date: None,
            sex: None,
            phone: Some("138 0013 8000".to_owned()),
            household_division: "341822000000".to_owned(),
            residence_division: "330502104".to_owned(),
            provider_id: None,
        }
    }

    fn citizen() -> NewPerson {
        person(DocumentType::ResidentIdentityCard, "330199198503140022")
    }

    #[track_caller]
    fn check_wrong(new: &NewPerson, expected: &[(&str, &str)]) {
        let wrong = new.check(TODAY).err().unwrap_or_default();
        let wrong: Vec<_> = wrong.iter().map(|error| (error.pointer.as_str(), error.code.as_str())).collect();
        assert_eq!(wrong, expected);
    }

    #[test]
    fn a_name_is_sought_as_it_is_kept_and_a_number_is_not() {
        for (typed, sought) in [(" 张 ", "张"), ("阿依•", "阿依·"), ("", ""), ("  ", ""), ("李2", "李2")] {
            assert_eq!(check_sought_name(typed).as_deref(), Ok(sought));
        }
        let refusal = Err(FieldError::new("/name", "name-holds-number"));
        for typed in ["330199198503140022", "张 199 0000 9137", "１９９０００09137", "33019919850314002x"] {
            assert_eq!(check_sought_name(typed), refusal, "{typed}");
        }
    }

    #[test]
    fn a_right_person_is_kept_in_one_form() {
        let checked = citizen().check(TODAY).ok().unwrap();
        assert_eq!((checked.name.as_str(), checked.phone.as_deref()), ("阿依·古丽", Some("13800138000")));
        assert_eq!((checked.birth_date, checked.sex), (date(1985, 3, 14), Some(Sex::Female)));
        assert_eq!((checked.household_division.as_str(), checked.residence_division.as_str()), ("341822", "330502104"));
    }

    #[test]
    fn what_the_number_does_not_tell_is_asked_for() {
        let passport = person(DocumentType::Passport, "E12345678");
        check_wrong(&passport, &[("/birth_date", "required")]);
        let passport = NewPerson { birth_date: Some(date(1990, 1, 2)), sex: Some(Sex::Male), ..passport };
        let checked = passport.check(TODAY).ok().unwrap();
        assert_eq!((checked.birth_date, checked.sex), (date(1990, 1, 2), Some(Sex::Male)));
        check_wrong(&NewPerson { birth_date: Some(date(2027, 1, 2)), ..passport }, &[("/birth_date", "out-of-range")]);
    }

    #[test]
    fn children_are_not_recorded() {
        let of = |born| NewPerson { birth_date: Some(born), ..person(DocumentType::Passport, "E12345678") };
        check_wrong(&of(date(2012, 11, 24)), &[("/birth_date", "under-age")]);
        assert!(of(date(2012, 11, 23)).check(TODAY).is_ok(), "on the birthday they are old enough");
        let child = person(DocumentType::ResidentIdentityCard, "330199201504122015");
        check_wrong(&child, &[("/document/number", "under-age")]);
    }

    #[test]
    fn what_is_stated_agrees_with_the_number() {
        let same = NewPerson { birth_date: Some(date(1985, 3, 14)), sex: Some(Sex::Female), ..citizen() };
        assert!(same.check(TODAY).is_ok());
        let other = NewPerson { birth_date: Some(date(1985, 3, 15)), sex: Some(Sex::Male), ..citizen() };
        check_wrong(&other, &[("/birth_date", "birth-date-differs"), ("/sex", "sex-differs")]);
    }

    #[test]
    fn all_wrong_fields_are_named_at_once() {
        let new = NewPerson {
            name: "  ".to_owned(),
            phone: Some("12".to_owned()),
            household_division: "33".to_owned(),
            residence_division: String::new(),
            ..person(DocumentType::ResidentIdentityCard, "330199198503140023")
        };
        check_wrong(
            &new,
            &[
                ("/name", "required"),
                ("/household_division", "division-malformed"),
                ("/residence_division", "division-malformed"),
                ("/document/number", "document-wrong-check"),
                ("/phone", "phone-malformed"),
            ],
        );
    }

    #[test]
    fn a_name_that_is_too_long_is_called_so() {
        check_wrong(&NewPerson { name: "张".repeat(51), ..citizen() }, &[("/name", "too-long")]);
        check_wrong(&NewPerson { name: "张\u{7}秀英".to_owned(), ..citizen() }, &[("/name", "name-malformed")]);
    }

    #[test]
    fn a_reason_is_short_and_holds_no_number() {
        assert_eq!(check_reason(" 录入时填错 ", "/reason").ok().as_deref(), Some("录入时填错"));
        let code = |text: &str| check_reason(text, "/reason").err().map(|error| error.code);
        assert_eq!(code("  ").as_deref(), Some("required"));
        assert_eq!(code(&"错".repeat(201)).as_deref(), Some("too-long"));
        assert_eq!(code("应为330199198503140022").as_deref(), Some("holds-number"));
        assert_eq!(code("电话１３８００１３８０００").as_deref(), Some("holds-number"));
        assert_eq!(code("2026年11月23日核对"), None);
    }

    #[test]
    fn the_middle_of_a_phone_is_hidden() {
        assert_eq!(mask_phone("13800138000"), "138****8000");
        assert_eq!(mask_birth_date(date(1985, 3, 14)), "1985-**-**");
    }
}
