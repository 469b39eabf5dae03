//! What the office writes on its roster by hand: somebody whom no list names, and facts that are put right.

use super::{
    EmploymentState, EntryDetails, EntryView, GroupTag, MAX_NOTE_CHARS, MAX_TEXT_CHARS, StudyRoute, UpgradeIntent,
};
use crate::{
    ids::{AccountId, PersonId},
    organisation::CreditCode,
    person::{EducationLevel, mask_numbers},
    problem::FieldError,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The earliest year in which somebody on a roster could have left school.
const EARLIEST_YEAR: i16 = 1940;

/// Body of `PUT /roster/{id}/facts`: what the office knows of somebody. Empty texts are absent facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct EntryFacts {
    /// Code of GB/T 4658.
    pub education_level: Option<String>,
    /// Whether somebody of the office has seen a proof of it.
    pub is_proof_seen: bool,
    /// The school that the person left last.
    pub graduation_school: String,
    /// When.
    pub graduation_year: Option<i16>,
    /// What the person lives on.
    pub employment_state: Option<EmploymentState>,
    /// The employer.
    pub employer: String,
    /// The employer's credit code.
    pub employer_code: Option<String>,
    /// The industry.
    pub industry: String,
    /// The post.
    pub job_post: String,
    /// Groups that the plan counts apart.
    pub group_tags: Vec<GroupTag>,
    /// The village or community.
    pub village: String,
    /// The rest of the residence's address.
    pub residence_address: String,
    /// Whether the person lives where they are registered, if that is known.
    pub is_residence_registered: Option<bool>,
    /// Remarks.
    pub note: String,
}

/// Body of `POST /roster`: somebody whom the office has met and no list names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddToRoster {
    /// Who: a person whom the place keeps. They come onto its roster.
    pub person_id: PersonId,
    /// What is known of them.
    pub facts: EntryFacts,
    /// What they want to reach, if they said so.
    pub intent: Option<UpgradeIntent>,
    /// Which way.
    pub study_route: Option<StudyRoute>,
}

/// When the facts of an entry were put right, and by whom. What stood there before is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryCorrection {
    /// Who.
    pub corrected_by: AccountId,
    /// When.
    pub corrected_at: Timestamp,
}

impl EntryFacts {
    /// The facts that an entry shows.
    #[must_use]
    pub fn of(view: &EntryView) -> Self {
        let details = view.details.clone();
        Self {
            education_level: view.entry.education_level.clone(),
            is_proof_seen: details.is_proof_seen,
            graduation_school: details.graduation_school,
            graduation_year: details.graduation_year,
            employment_state: details.employment_state,
            employer: details.employer,
            employer_code: details.employer_code,
            industry: details.industry,
            job_post: details.job_post,
            group_tags: details.group_tags,
            village: details.village,
            residence_address: details.residence_address,
            is_residence_registered: details.is_residence_registered,
            note: details.note,
        }
    }

    /// Everything that is wrong with them in this year.
    #[must_use]
    pub fn check(&self, this_year: i16) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let mut note = |pointer: &str, code: &str| wrong.push(FieldError::new(pointer, code));
        match self.education_level.as_deref() {
            Some(code) if EducationLevel::parse(code).is_none() => note("/education_level", "unknown-value"),
            None if self.is_proof_seen => note("/education_level", "required"),
            _ => {}
        }
        if self.graduation_year.is_some_and(|year| !(EARLIEST_YEAR..=this_year).contains(&year)) {
            note("/graduation_year", "year-malformed");
        }
        if let Some(Err(refusal)) = self.employer_code.as_deref().map(CreditCode::parse) {
            note("/employer_code", refusal.field_code());
        }
        for (pointer, text, most) in [
            ("/graduation_school", &self.graduation_school, MAX_TEXT_CHARS),
            ("/employer", &self.employer, MAX_TEXT_CHARS),
            ("/industry", &self.industry, MAX_TEXT_CHARS),
            ("/job_post", &self.job_post, MAX_TEXT_CHARS),
            ("/village", &self.village, MAX_TEXT_CHARS),
            ("/residence_address", &self.residence_address, MAX_TEXT_CHARS),
            ("/note", &self.note, MAX_NOTE_CHARS),
        ] {
            if text.chars().count() > most {
                note(pointer, "too-long");
            }
        }
        wrong
    }
}

impl EntryDetails {
    /// The same with these facts. Who states them has seen numbers masked: a text that comes back as it was shown
    /// stays as it is.
    #[must_use]
    pub fn with(self, facts: &EntryFacts) -> Self {
        let said = |known: String, stated: &str| match stated.trim() {
            stated if mask_numbers(&known) == stated => known,
            stated => stated.to_owned(),
        };
        let code = facts.employer_code.as_deref().and_then(|code| CreditCode::parse(code).ok());
        let mut group_tags = facts.group_tags.clone();
        group_tags.sort_unstable();
        group_tags.dedup();
        Self {
            village: said(self.village, &facts.village),
            residence_address: said(self.residence_address, &facts.residence_address),
            is_residence_registered: facts.is_residence_registered,
            is_proof_seen: facts.is_proof_seen,
            graduation_school: said(self.graduation_school, &facts.graduation_school),
            graduation_year: facts.graduation_year,
            employment_state: facts.employment_state,
            employer: said(self.employer, &facts.employer),
            employer_code: code.map(|code| code.as_str().to_owned()),
            industry: said(self.industry, &facts.industry),
            job_post: said(self.job_post, &facts.job_post),
            group_tags,
            note: said(self.note, &facts.note),
            ethnic_group: self.ethnic_group,
            household_address: self.household_address,
            intent_reason: self.intent_reason,
            study_mode: self.study_mode,
            preferred_time: self.preferred_time,
            preferred_place: self.preferred_place,
            surveyor: self.surveyor,
            survey_date: self.survey_date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(facts: &EntryFacts, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(pointer, code)| FieldError::new(*pointer, *code)).collect();
        assert_eq!(facts.check(2026), expected);
    }

    #[test]
    fn facts_are_checked_like_those_of_a_list() {
        check(&EntryFacts::default(), &[]);
        let right = EntryFacts {
            education_level: Some("71".to_owned()),
            is_proof_seen: true,
            graduation_year: Some(2001),
            employer: "织里童装厂".to_owned(),
            ..EntryFacts::default()
        };
        check(&right, &[]);
        check(&EntryFacts { education_level: None, ..right.clone() }, &[("/education_level", "required")]);
        check(
            &EntryFacts { education_level: Some("x".to_owned()), ..right.clone() },
            &[("/education_level", "unknown-value")],
        );
        for year in [1939, 2027] {
            check(
                &EntryFacts { graduation_year: Some(year), ..right.clone() },
                &[("/graduation_year", "year-malformed")],
            );
        }
        check(
            &EntryFacts { employer: "厂".repeat(101), note: "长".repeat(501), ..right.clone() },
            &[("/employer", "too-long"), ("/note", "too-long")],
        );
        check(
            &EntryFacts { employer_code: Some("x".to_owned()), ..right },
            &[("/employer_code", "credit-code-malformed")],
        );
    }

    #[test]
    fn a_number_that_was_shown_masked_is_not_lost_when_something_else_is_put_right() {
        let known = EntryDetails {
            note: "电话19900009137".to_owned(),
            employer: "一厂".to_owned(),
            preferred_time: "晚上".to_owned(),
            ..EntryDetails::default()
        };
        let shown = known.clone().masked();
        assert!(!shown.note.contains("19900009137"));
        let facts = EntryFacts { note: shown.note, employer: " 二厂 ".to_owned(), ..EntryFacts::default() };
        let after = known.clone().with(&facts);
        assert_eq!(after, EntryDetails { employer: "二厂".to_owned(), ..known.clone() });
        let other = EntryFacts { note: "没有电话".to_owned(), ..EntryFacts::default() };
        assert_eq!(known.with(&other).note, "没有电话");
    }
}
