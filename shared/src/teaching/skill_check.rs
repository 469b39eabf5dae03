//! What is wrong with a training or certificate as it is entered.

use super::{CertificateKind, SkillCertificateEntry, SkillTrainingEntry};
use crate::{person::mask_numbers, problem::FieldError};
use jiff::civil::Date;

/// Characters of an occupation, organiser or issuer.
pub const MAX_SKILL_CHARS: usize = 60;
/// Characters of a certificate's number.
pub const MAX_CERTIFICATE_NUMBER_CHARS: usize = 40;
/// Characters of a reason why a record is not right.
pub const MAX_CHECK_CHARS: usize = 200;
/// Class hours of one training.
pub const MAX_TRAINING_HOURS: u16 = 2_000;
/// Digits in a row from which on a certificate's number may be a person's.
const TELLING_DIGITS: usize = 17;

impl SkillTrainingEntry {
    /// Everything that is wrong with a training that is entered on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors = check_text("/occupation", &self.occupation);
        errors.extend(check_text("/organiser", &self.organiser));
        if !(1..=MAX_TRAINING_HOURS).contains(&self.hours) {
            errors.push(FieldError::new("/hours", "out-of-range"));
        }
        if self.ends_on < self.starts_on {
            errors.push(FieldError::new("/ends_on", "before-start"));
        } else if self.ends_on > today {
            errors.push(FieldError::new("/ends_on", "date-in-future"));
        }
        errors
    }
}

impl SkillCertificateEntry {
    /// Everything that is wrong with a certificate that is entered on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors = check_text("/occupation", &self.occupation);
        errors.extend(check_text("/issuer", &self.issuer));
        match (self.kind.has_level(), self.level) {
            (true, None) => errors.push(FieldError::new("/level", "level-missing")),
            (false, Some(_)) => errors.push(FieldError::new("/level", "level-unknown")),
            _ => {}
        }
        match self.number.trim().chars().count() {
            0 => errors.push(FieldError::new("/number", "required")),
            1..=MAX_CERTIFICATE_NUMBER_CHARS => {}
            _ => errors.push(FieldError::new("/number", "too-long")),
        }
        if self.issued_on > today {
            errors.push(FieldError::new("/issued_on", "date-in-future"));
        }
        errors
    }

    /// Issuer and number as they are compared: a certificate is entered once, however it is typed.
    #[must_use]
    pub fn canonical(&self) -> String {
        let tidy = |text: &str| text.split_whitespace().collect::<String>().to_uppercase();
        format!("{}\n{}", tidy(&self.issuer), tidy(&self.number))
    }

    /// The entry as it is shown. A driving licence has the number of its holder's identity card, a
    /// permit contains it; such a number is masked.
    #[must_use]
    pub fn masked(mut self) -> Self {
        let is_persons = matches!(self.kind, CertificateKind::DrivingLicence | CertificateKind::SpecialOperationPermit);
        let runs = self.number.split(|letter: char| !letter.is_ascii_digit());
        if is_persons || runs.map(str::len).any(|digits| digits >= TELLING_DIGITS) {
            self.number = mask_numbers(&self.number);
        }
        self
    }
}

fn check_text(pointer: &str, text: &str) -> Vec<FieldError> {
    match text.trim().chars().count() {
        0 => vec![FieldError::new(pointer, "required")],
        1..=MAX_SKILL_CHARS if mask_numbers(text) == text => Vec::new(),
        1..=MAX_SKILL_CHARS => vec![FieldError::new(pointer, "holds-number")],
        _ => vec![FieldError::new(pointer, "too-long")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{AccountId, ProviderId},
        teaching::SkillLevel,
    };
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn certificate() -> SkillCertificateEntry {
        SkillCertificateEntry {
            learner: AccountId(Uuid::nil()),
            provider_id: ProviderId(Uuid::nil()),
            kind: CertificateKind::VocationalQualification,
            occupation: "缝纫工".to_owned(),
            level: Some(SkillLevel::Junior),
            issuer: "示范县人社局".to_owned(),
            number: "1233000000500001".to_owned(),
            issued_on: TODAY,
        }
    }

    fn fields(errors: Vec<FieldError>) -> Vec<(String, String)> {
        errors.into_iter().map(|error| (error.pointer, error.code)).collect()
    }

    #[track_caller]
    fn check(wrong: SkillCertificateEntry, pointer: &str, code: &str) {
        assert_eq!(fields(wrong.check(TODAY)), [(pointer.to_owned(), code.to_owned())]);
    }

    #[test]
    fn a_certificate_is_checked_before_it_is_sent() {
        let right = certificate();
        assert_eq!(right.check(TODAY), []);
        check(SkillCertificateEntry { level: None, ..right.clone() }, "/level", "level-missing");
        let green = SkillCertificateEntry { kind: CertificateKind::GreenCertificate, ..right.clone() };
        check(green, "/level", "level-unknown");
        check(SkillCertificateEntry { number: " ".to_owned(), ..right.clone() }, "/number", "required");
        check(SkillCertificateEntry { number: "1".repeat(41), ..right.clone() }, "/number", "too-long");
        check(SkillCertificateEntry { issued_on: date(2026, 11, 26), ..right.clone() }, "/issued_on", "date-in-future");
        let holder = SkillCertificateEntry { occupation: "张三330199198503140022".to_owned(), ..right.clone() };
        check(holder, "/occupation", "holds-number");
        check(SkillCertificateEntry { issuer: String::new(), ..right }, "/issuer", "required");
    }

    #[test]
    fn a_training_is_checked_before_it_is_sent() {
        let right = SkillTrainingEntry {
            learner: AccountId(Uuid::nil()),
            provider_id: ProviderId(Uuid::nil()),
            occupation: "缝纫工".to_owned(),
            organiser: "织里镇成校".to_owned(),
            hours: 40,
            starts_on: date(2026, 11, 1),
            ends_on: TODAY,
        };
        assert_eq!(right.check(TODAY), []);
        let wrong = SkillTrainingEntry { hours: 0, ends_on: date(2026, 10, 31), ..right.clone() };
        let expected = [("/hours", "out-of-range"), ("/ends_on", "before-start")];
        assert_eq!(fields(wrong.check(TODAY)), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        let ahead = SkillTrainingEntry { ends_on: date(2026, 11, 26), ..right };
        assert_eq!(fields(ahead.check(TODAY)), [("/ends_on".to_owned(), "date-in-future".to_owned())]);
    }

    #[test]
    fn a_certificate_is_one_however_it_is_typed() {
        let typed = SkillCertificateEntry { number: "zj 001".to_owned(), ..certificate() };
        let other = SkillCertificateEntry { number: "ZJ001 ".to_owned(), ..certificate() };
        assert_eq!(typed.canonical(), other.canonical());
        assert_ne!(typed.canonical(), certificate().canonical());
    }

    #[test]
    fn a_number_that_is_a_persons_is_not_shown() {
        assert_eq!(certificate().masked(), certificate());
        for (kind, number) in [
            (CertificateKind::DrivingLicence, "330199198503140022"),
            (CertificateKind::SpecialOperationPermit, "T330199198503140022"),
            (CertificateKind::SkillLevelCertificate, "Y330199198503140022"),
        ] {
            let shown = SkillCertificateEntry { kind, number: number.to_owned(), ..certificate() }.masked();
            assert!(!shown.number.contains("19850314"), "{}", shown.number);
        }
    }
}
