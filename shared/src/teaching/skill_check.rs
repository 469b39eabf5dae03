//! What is wrong with a training or certificate as it is entered.

use super::{CertificateKind, SkillCertificateEntry, SkillTrainingEntry};
use crate::{enrolment::MAX_ATTACHMENT_BYTES, person::mask_numbers, problem::FieldError};
use jiff::civil::Date;

/// Characters of an occupation, organiser or issuer.
pub const MAX_SKILL_CHARS: usize = 60;
/// Characters of a certificate's number.
pub const MAX_CERTIFICATE_NUMBER_CHARS: usize = 40;
/// Characters of a reason why a record is not right.
pub const MAX_CHECK_CHARS: usize = 200;
/// Largest photo of a certificate that may be sent, in bytes: that of any photo of a paper.
pub const MAX_SKILL_PHOTO_BYTES: usize = MAX_ATTACHMENT_BYTES;
/// Longest side of what is kept of it, in pixels.
pub const MAX_SKILL_PHOTO_SIDE: u32 = 2_000;
/// Class hours of one training.
pub const MAX_TRAINING_HOURS: u16 = 2_000;
/// Characters of an occupation's code, such as 6-05-01-03.
const MAX_OCCUPATION_CODE_CHARS: usize = 16;
/// The best score in theory or practice.
const MAX_SCORE: u8 = 100;
/// Digits of the number of a vocational qualification (职业资格证书): year 2, province 2, city 2, and so on.
const VOCATIONAL_DIGITS: usize = 16;
/// Digits in a row from which on a certificate's number may be a person's.
const TELLING_DIGITS: usize = 17;

impl SkillTrainingEntry {
    /// Everything that is wrong with a training that is entered on `today`.
    #[must_use]
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors = check_text("/occupation", &self.occupation);
        errors.extend(check_text("/organiser", &self.organiser));
        if !self.project.trim().is_empty() {
            errors.extend(check_text("/project", &self.project));
        }
        if self.occupation_code.as_deref().is_some_and(|code| !is_occupation_code(code)) {
            errors.push(FieldError::new("/occupation_code", "occupation-code"));
        }
        for (pointer, score) in [("/theory_score", self.theory_score), ("/practice_score", self.practice_score)] {
            if score.is_some_and(|score| score > MAX_SCORE) {
                errors.push(FieldError::new(pointer, "score-malformed"));
            }
        }
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
        if self.kind == CertificateKind::Other {
            errors.extend(check_text("/kind_name", &self.kind_name));
        }
        match (self.kind.has_level(), self.level) {
            (true, None) => errors.push(FieldError::new("/level", "level-missing")),
            (false, Some(_)) => errors.push(FieldError::new("/level", "level-unknown")),
            _ => {}
        }
        match self.number.trim().chars().count() {
            0 => errors.push(FieldError::new("/number", "required")),
            1..=MAX_CERTIFICATE_NUMBER_CHARS if self.has_number_of_its_kind() => {}
            1..=MAX_CERTIFICATE_NUMBER_CHARS => errors.push(FieldError::new("/number", "vocational-number")),
            _ => errors.push(FieldError::new("/number", "too-long")),
        }
        if self.issued_on > today {
            errors.push(FieldError::new("/issued_on", "date-in-future"));
        }
        errors
    }

    /// What a certificate of another kind is called; empty for all others.
    #[must_use]
    pub fn name_of_kind(&self) -> &str {
        if self.kind == CertificateKind::Other { self.kind_name.trim() } else { "" }
    }

    /// Whether the number can be one of this kind: of a vocational qualification it has sixteen digits, the third and
    /// fourth of which name a province.
    fn has_number_of_its_kind(&self) -> bool {
        let number = self.number.trim();
        let is_vocational = || {
            number.len() == VOCATIONAL_DIGITS
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && number[2..4].parse().is_ok_and(|province: u8| (11..=82).contains(&province))
        };
        self.kind != CertificateKind::VocationalQualification || is_vocational()
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

/// Groups of digits with hyphens between them.
fn is_occupation_code(code: &str) -> bool {
    let is_group = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    code.len() <= MAX_OCCUPATION_CODE_CHARS && code.split('-').all(is_group)
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
        teaching::{SkillDepartment, SkillLevel, SkillSource},
    };
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn certificate() -> SkillCertificateEntry {
        SkillCertificateEntry {
            learner: AccountId(Uuid::nil()),
            provider_id: ProviderId(Uuid::nil()),
            kind: CertificateKind::VocationalQualification,
            kind_name: String::new(),
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
        for number in ["12330000005000011", "1200000000500001", "ZJ33000000500001"] {
            let short = SkillCertificateEntry { number: number.to_owned(), ..right.clone() };
            check(short, "/number", "vocational-number");
        }
        let other = SkillCertificateEntry { kind: CertificateKind::Other, level: None, ..right.clone() };
        check(other.clone(), "/kind_name", "required");
        let named = SkillCertificateEntry { kind_name: "茶艺等级证".to_owned(), number: "A1".to_owned(), ..other };
        assert_eq!(named.check(TODAY), []);
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
            project: String::new(),
            occupation: "缝纫工".to_owned(),
            occupation_code: Some("6-05-01-03".to_owned()),
            level: Some(SkillLevel::Junior),
            department: Some(SkillDepartment::HumanResources),
            organiser: "织里镇成校".to_owned(),
            hours: 40,
            theory_score: Some(100),
            practice_score: None,
            source: SkillSource::usual(),
            starts_on: date(2026, 11, 1),
            ends_on: TODAY,
        };
        assert_eq!(right.check(TODAY), []);
        let wrong = SkillTrainingEntry { hours: 0, ends_on: date(2026, 10, 31), ..right.clone() };
        let expected = [("/hours", "out-of-range"), ("/ends_on", "before-start")];
        assert_eq!(fields(wrong.check(TODAY)), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        let coded = SkillTrainingEntry { occupation_code: Some("6-05-".to_owned()), ..right.clone() };
        assert_eq!(fields(coded.check(TODAY)), [("/occupation_code".to_owned(), "occupation-code".to_owned())]);
        let scored = SkillTrainingEntry { practice_score: Some(101), ..right.clone() };
        assert_eq!(fields(scored.check(TODAY)), [("/practice_score".to_owned(), "score-malformed".to_owned())]);
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
