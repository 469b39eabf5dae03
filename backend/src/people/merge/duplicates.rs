//! Who may be the same human as somebody: at the actor's places, by name and phone.

use crate::{
    access::{Actor, Scope},
    people::{entity::person, place::visible, store, views::view},
    platform::{Services, error::AppResult},
};
use shared::{
    ids::PersonId,
    people::{PersonField, PossibleDuplicate},
    rights::Right,
};
use std::{cmp::Reverse, collections::HashMap};

/// Persons who have a person's name or phone, those first who have most in common.
///
/// # Errors
/// `not-found` if there is no such person of whom the actor may know.
pub(super) async fn list(cx: &Services, actor: &Actor, id: PersonId) -> AppResult<Vec<PossibleDuplicate>> {
    let row = visible(cx, actor, id).await?;
    let scope = Scope::above_classes(actor, Right::ReadPeople)?;
    let alike = store::list_alike(cx.db.read(), &scope, &row).await?;
    let ids: Vec<PersonId> = alike.iter().map(|other| other.id).collect();
    let documents = store::list_in_force(cx.db.read(), &ids).await?;
    let mut documents: HashMap<_, _> = documents.into_iter().map(|document| (document.person_id, document)).collect();
    let mut found = Vec::with_capacity(alike.len());
    for other in alike {
        let same = fields(&row, &other).filter(|(_, is_same)| *is_same).map(|(field, _)| field).collect();
        let document = documents.remove(&other.id).into_iter().collect();
        found.push(PossibleDuplicate { person: view(cx, other, document)?, same });
    }
    found.sort_by_key(|duplicate| Reverse(duplicate.same.len()));
    Ok(found)
}

/// What is not the same of two persons.
pub(super) fn differing(one: &person::Model, other: &person::Model) -> Vec<PersonField> {
    fields(one, other).filter(|(_, is_same)| !is_same).map(|(field, _)| field).collect()
}

/// Whether each thing that is known of both is the same.
fn fields(one: &person::Model, other: &person::Model) -> impl Iterator<Item = (PersonField, bool)> {
    let place = |row: &person::Model| (row.division.clone(), row.provider_id);
    let known = |this: Option<bool>| this.unwrap_or(false);
    let same_date = one.birth_date.as_ref().map(|date| Some(date) == other.birth_date.as_ref());
    let same_phone = one.phone_index.as_ref().map(|phone| Some(phone) == other.phone_index.as_ref());
    let same_sex = one.sex.as_ref().map(|sex| Some(sex) == other.sex.as_ref());
    [
        (PersonField::Name, one.name == other.name),
        (PersonField::BirthDate, known(same_date)),
        (PersonField::Phone, known(same_phone)),
        (PersonField::Sex, known(same_sex)),
        (PersonField::Household, one.household_division == other.household_division),
        (PersonField::Residence, one.residence_division == other.residence_division),
        (PersonField::Place, place(one) == place(other)),
    ]
    .into_iter()
}
