//! An enrolment that is being written or amended: four fields for who comes from the street, and what they have
//! learnt.

use crate::{
    pages::{
        organisation::schools::{at_first, chosen},
        people::{birth::BirthDraft, document::DocumentDraft},
    },
    platform::clock,
};
use leptos::prelude::*;
use shared::{
    enrolment::{
        AmendEnrolment, Applicant, Enrolment, EnrolmentFacts, EnrolmentRefusal, EnrolmentRule, EnrolmentView,
        NewEnrolment, judge_enrolment,
    },
    learning::CourseLevel,
    organisation::{DivisionLevel, ProviderView},
    people::NewPerson,
    person::EducationLevel,
    problem::FieldError,
};

/// Levels of schooling that most people answer with.
pub(super) const USUAL: [&str; 4] = ["81", "73", "71", "61"];
/// Reads and writes, without a diploma.
pub(super) const LITERATE: &str = "literate";
/// As the roster says.
pub(super) const AS_LISTED: &str = "listed";
/// A level that is chosen from the whole list.
pub(super) const OTHER: &str = "other";

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Who it is, if that is known.
    known: StoredValue<Option<Applicant>>,
    pub(super) schools: StoredValue<Vec<ProviderView>>,
    pub(super) school: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) document: DocumentDraft,
    pub(super) birth: BirthDraft,
    pub(super) phone: RwSignal<String>,
    /// Where they live, if the school does not tell.
    pub(super) residence: RwSignal<String>,
    pub(super) level: RwSignal<String>,
    /// One of the usual answers.
    pub(super) schooling: RwSignal<String>,
    /// The level by its code, where none of the usual answers is right.
    pub(super) other_schooling: RwSignal<String>,
    pub(super) is_in_school: RwSignal<bool>,
}

impl Draft {
    /// Nothing filled in, at one of these schools.
    pub(super) fn new(schools: Vec<ProviderView>, known: Option<Applicant>) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let is_listed = matches!(known, Some(Applicant::Listed { .. }));
        let document = DocumentDraft::new();
        Self {
            known: StoredValue::new(known),
            school: RwSignal::new(at_first(&schools)),
            schools: StoredValue::new(schools),
            name: text(""),
            document,
            birth: BirthDraft::new(document),
            phone: text(""),
            residence: text(""),
            level: text(""),
            schooling: text(if is_listed { AS_LISTED } else { "" }),
            other_schooling: text(""),
            is_in_school: RwSignal::new(false),
        }
    }

    /// What a record says of the study, to be put right.
    pub(super) fn of_record(view: &EnrolmentView) -> Self {
        let draft = Self::new(Vec::new(), Some(Applicant::Known { person_id: view.record.person_id }));
        let answer = match view.education_level.map(EducationLevel::code) {
            _ if view.is_literate => LITERATE,
            Some(code) if USUAL.contains(&code) => code,
            Some(_) => OTHER,
            None => "",
        };
        draft.level.set(view.record.level.as_str().to_owned());
        draft.schooling.set(answer.to_owned());
        draft.other_schooling.set(view.education_level.map(EducationLevel::code).unwrap_or_default().to_owned());
        draft
    }

    /// Whether somebody is enrolled of whom more is known than what stands in the form.
    pub(super) fn is_known(self) -> bool {
        self.known.with_value(Option::is_some)
    }

    /// Whether the roster may know their schooling.
    pub(super) fn is_listed(self) -> bool {
        self.known.with_value(|known| matches!(known, Some(Applicant::Listed { .. })))
    }

    /// The level studied for.
    pub(super) fn level(self) -> Option<CourseLevel> {
        CourseLevel::parse(&self.level.get())
    }

    /// Where they enrol.
    pub(super) fn school(self) -> Option<ProviderView> {
        let id = self.school.get();
        self.schools.with_value(|schools| chosen(schools, &id))
    }

    /// Whether the school lies in no township, so that nobody knows where its learners live.
    pub(super) fn needs_residence(self) -> bool {
        self.school().is_some_and(|school| school.division.level() != DivisionLevel::Township)
    }

    fn education(self) -> Option<EducationLevel> {
        match self.schooling.get().as_str() {
            OTHER => EducationLevel::parse(&self.other_schooling.get()),
            code => EducationLevel::parse(code),
        }
    }

    fn is_literate(self) -> bool {
        self.schooling.with(|schooling| schooling == LITERATE)
    }

    fn applicant(self) -> Option<Applicant> {
        if let Some(known) = self.known.get_value() {
            return Some(known);
        }
        Some(Applicant::Stated {
            name: self.name.get(),
            document: self.document.stated()?,
            phone: Some(self.phone.get()).filter(|phone| !phone.trim().is_empty()),
            birth_date: self.birth.date(),
            sex: self.birth.sex(),
            household_division: None,
            residence_division: self.needs_residence().then(|| self.residence.get()),
        })
    }

    /// What is stated; absent while school, level or kind of document is not chosen.
    pub(super) fn stated(self) -> Option<NewEnrolment> {
        Some(NewEnrolment {
            provider_id: self.school()?.id,
            level: self.level()?,
            applicant: self.applicant()?,
            education_level: self.education(),
            is_literate: self.is_literate(),
            is_in_full_time_school: self.is_in_school.get(),
        })
    }

    /// What a record is to say; absent while no level is chosen.
    pub(super) fn amended(self) -> Option<AmendEnrolment> {
        let (education_level, is_literate) = (self.education(), self.is_literate());
        Some(AmendEnrolment { level: self.level()?, education_level, is_literate })
    }

    /// What is wrong with it, as far as the form can tell.
    pub(super) fn wrong(self) -> Vec<FieldError> {
        let mut wrong = self.wrong_person();
        wrong.extend(self.school().is_none().then(|| FieldError::new("/provider_id", "required")));
        wrong.extend(self.wrong_study());
        wrong
    }

    /// The same of the level and the schooling.
    pub(super) fn wrong_study(self) -> Vec<FieldError> {
        let is_unsaid = match self.schooling.get().as_str() {
            OTHER => self.education().is_none(),
            answer => answer.is_empty(),
        };
        let missing = [(self.level().is_none(), "/level"), (is_unsaid, "/education_level")];
        let missing = missing.into_iter().filter(|(is_missing, _)| *is_missing);
        missing.map(|(_, pointer)| FieldError::new(pointer, "required")).collect()
    }

    /// The same of who comes from the street.
    fn wrong_person(self) -> Vec<FieldError> {
        if self.is_known() {
            return Vec::new();
        }
        let Some(document) = self.document.stated() else { return self.document.wrong("/applicant/document") };
        let division = self.school().map(|school| school.division.to_string());
        // Without a school its place is not known, and whatever is wrong with that is not the person's.
        let here = division.unwrap_or_else(|| "33".to_owned());
        let is_unsaid = self.needs_residence() && self.residence.with(String::is_empty);
        let unsaid = is_unsaid.then(|| FieldError::new("/applicant/residence_division", "required"));
        let person = NewPerson {
            name: self.name.get(),
            document,
            birth_date: self.birth.date(),
            sex: self.birth.sex(),
            phone: Some(self.phone.get()),
            household_division: here.clone(),
            residence_division: here,
            provider_id: None,
        };
        let found = person.check(clock::now().date_in_china()).err().unwrap_or_default();
        let is_of_place = |error: &FieldError| error.pointer.ends_with("_division");
        let below = |error: FieldError| FieldError { pointer: format!("/applicant{}", error.pointer), ..error };
        found.into_iter().filter(|error| !is_of_place(error)).map(below).chain(unsaid).collect()
    }

    /// What the rules say of it here, without asking anybody; absent while too little is known.
    pub(super) fn judged(self, rules: &[EnrolmentRule]) -> Option<Result<Enrolment, EnrolmentRefusal>> {
        let is_said = self.schooling.with(|schooling| !schooling.is_empty() && schooling != AS_LISTED);
        if self.is_known() || !is_said {
            return None;
        }
        let facts = EnrolmentFacts {
            residence: self.school()?.division,
            level: self.level()?,
            born: self.document.read()?.birth_date().or_else(|| self.birth.date())?,
            education: self.education(),
            is_literate: self.is_literate(),
            is_in_full_time_school: self.is_in_school.get(),
            running: None,
            has_our_diploma: false,
        };
        Some(judge_enrolment(&facts, rules, clock::now().date_in_china()))
    }
}
