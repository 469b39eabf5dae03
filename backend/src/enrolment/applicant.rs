//! Who wants to enrol: somebody on the roster, somebody known, or somebody from the street.

use crate::{
    access::Actor,
    organisation::{self, ProviderFacts},
    people::{self, PersonFacts, SealedPerson},
    platform::{
        Services,
        error::{AppError, AppResult},
    },
    roster,
};
use jiff::civil::Date;
use shared::{
    enrolment::{Applicant, NewEnrolment},
    ids::{PersonId, RosterEntryId},
    organisation::DivisionCode,
    people::{CheckedPerson, NewPerson},
    person::EducationLevel,
    problem::FieldError,
    rights::{Place, Right},
};

/// Somebody who wants to enrol, as far as that is known before a write.
pub(super) struct Newcomer {
    pub(super) who: Who,
    pub(super) name: String,
    pub(super) born: Date,
    pub(super) residence: DivisionCode,
    pub(super) roster_entry_id: Option<RosterEntryId>,
    /// What is stated of their schooling, or else what the roster knows.
    pub(super) education: Option<EducationLevel>,
}

/// Whether the person is there already.
pub(super) enum Who {
    /// Of whom the actor may know.
    Known(PersonId),
    /// Whom the actor's place does not keep so far.
    Stated(Box<StatedPerson>),
    /// Who stands on a roster that the actor sees, and whom a place keeps of which the actor may not know.
    KeptElsewhere(PersonId),
}

/// Somebody from the street.
pub(super) struct StatedPerson {
    /// To be added, unless somebody has the document.
    pub(super) sealed: SealedPerson,
    /// Who has it, at a place of which the actor may not know.
    pub(super) kept_elsewhere: Option<PersonId>,
}

/// Finds out who it is.
///
/// # Errors
/// The fields below `/applicant` that are wrong, or that name nobody of whom the actor may know.
pub(super) async fn newcomer(
    cx: &Services,
    actor: &Actor,
    school: &ProviderFacts,
    new: &NewEnrolment,
) -> AppResult<Newcomer> {
    match &new.applicant {
        Applicant::Listed { entry_id } => {
            let listed = roster::listed(cx, actor, *entry_id).await;
            let listed = listed.map_err(|error| error.at_field("/applicant/entry_id"))?;
            let facts = people::facts(cx, listed.person_id).await?.ok_or_else(AppError::not_found)?;
            let education = new.education_level.or(listed.education_level);
            let (id, may_know) = (facts.id, actor.has_any(&[Right::ReadPeople], &facts.place));
            let found = known(facts, education)?;
            let who = if may_know { found.who } else { Who::KeptElsewhere(id) };
            Ok(Newcomer { who, roster_entry_id: Some(*entry_id), ..found })
        }
        Applicant::Known { person_id } => {
            let facts = people::visible_facts(cx, actor, *person_id).await;
            known(facts.map_err(|error| error.at_field("/applicant/person_id"))?, new.education_level)
        }
        Applicant::Stated { .. } => {
            let stated = stated(cx, school, &new.applicant).await.map_err(below_applicant)?;
            from_the_street(cx, actor, school, stated, new.education_level).await
        }
    }
}

fn known(facts: PersonFacts, education: Option<EducationLevel>) -> AppResult<Newcomer> {
    let residence = DivisionCode::parse(&facts.residence_division);
    Ok(Newcomer {
        who: Who::Known(facts.id),
        born: facts.birth_date.ok_or_else(|| AppError::internal("a person without a birth date"))?,
        residence: residence.ok_or_else(|| AppError::internal("a person without a residence"))?,
        name: facts.name,
        roster_entry_id: None,
        education,
    })
}

/// What was stated, with the residence and the registered residence that go without saying.
async fn stated(cx: &Services, school: &ProviderFacts, applicant: &Applicant) -> AppResult<CheckedPerson> {
    let Applicant::Stated { name, document, phone, birth_date, sex, household_division, residence_division } =
        applicant
    else {
        return Err(AppError::internal("only who is from the street is stated"));
    };
    let residence_division = match residence_division {
        Some(code) => code.clone(),
        None if organisation::is_innermost(cx, &school.division).await? => school.division.clone(),
        None => return Err(AppError::field("/residence_division", "required")),
    };
    let person = NewPerson {
        name: name.clone(),
        document: document.clone(),
        birth_date: *birth_date,
        sex: *sex,
        phone: phone.clone(),
        household_division: household_division.clone().unwrap_or_else(|| residence_division.clone()),
        residence_division,
        provider_id: Some(school.id),
    };
    let checked = person.check(cx.clock.now().date_in_china()).map_err(AppError::Invalid)?;
    people::place_of_new(cx, &checked.residence_division, Some(school.id)).await?;
    Ok(checked)
}

async fn from_the_street(
    cx: &Services,
    actor: &Actor,
    school: &ProviderFacts,
    stated: CheckedPerson,
    education: Option<EducationLevel>,
) -> AppResult<Newcomer> {
    let holder = match people::find_by_document(cx, &stated.document).await? {
        Some(id) => people::facts(cx, id).await?,
        None => None,
    };
    if let Some(facts) = holder.clone().filter(|facts| actor.has_any(&[Right::ReadPeople], &facts.place)) {
        if facts.name != stated.name {
            return Err(AppError::field("/applicant/name", "name-differs"));
        }
        return known(facts, education);
    }
    let place = Place::Provider { id: school.id, division: school.division.clone() };
    let sealed = people::seal(cx, &stated, &place, Some(actor.account_id), cx.clock.now())?;
    let residence = DivisionCode::parse(&stated.residence_division);
    Ok(Newcomer {
        who: Who::Stated(Box::new(StatedPerson { sealed, kept_elsewhere: holder.map(|facts| facts.id) })),
        residence: residence.ok_or_else(|| AppError::internal("a residence without a code"))?,
        name: stated.name,
        born: stated.birth_date,
        roster_entry_id: None,
        education,
    })
}

/// The fields of a person stand below `/applicant`.
fn below_applicant(error: AppError) -> AppError {
    match error {
        AppError::Invalid(errors) => {
            let below = |error: FieldError| FieldError::new(format!("/applicant{}", error.pointer), error.code);
            AppError::Invalid(errors.into_iter().map(below).collect())
        }
        other => other,
    }
}
