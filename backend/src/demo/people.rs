//! Accounts of the demo province.

use super::world::World;
use crate::{
    access::{Actor, JobName, Permit, actions},
    identity, organisation,
    platform::{
        Services,
        error::{AppError, AppResult},
        http::Routes,
    },
};
use actix_web::{
    get,
    web::{Data, Json},
};
use serde::Deserialize;
use shared::{
    identity::{ConsentPurpose, DemoAccount, NOTICE_VERSION, StateConsent},
    ids::{AccountId, ProviderId},
    problem::Problem,
    rights::{Place, Role, RoleAt},
};
use std::collections::HashMap;

actions! {
    /// Create the accounts of the demo province.
    SeedPeople(AccountId) = GrantRole;
}

#[derive(Deserialize)]
struct People {
    password: String,
    people: Vec<Person>,
    classmates: Vec<Classmate>,
}

#[derive(Deserialize)]
struct Classmate {
    login_name: String,
    display_name: String,
}

#[derive(Deserialize)]
struct Person {
    login_name: String,
    display_name: String,
    role: Role,
    /// Where the role is held; a learner holds it at their own place.
    division: Option<String>,
    /// The school where it is held instead, by its name.
    school: Option<String>,
    /// The service point of that school where it is held instead, by its name.
    service_point: Option<String>,
}

impl Person {
    /// The role that they hold from the first day. Schools come later.
    fn first_role(&self, id: AccountId) -> Option<RoleAt> {
        let place = match (&self.division, &self.school) {
            (Some(code), _) => Place::division(code),
            (None, Some(_)) => return None,
            (None, None) => Place::Own { account: id },
        };
        Some(RoleAt { role: self.role, place })
    }
}

fn people() -> AppResult<People> {
    toml::from_str(include_str!("../../demo/people.toml")).map_err(AppError::internal)
}

/// The accounts to try.
///
/// # Errors
/// If the file of people cannot be read.
pub fn accounts() -> AppResult<Vec<DemoAccount>> {
    let People { password, people, .. } = people()?;
    let account = |person: Person| DemoAccount {
        login_name: person.login_name,
        password: password.clone(),
        display_name: person.display_name,
        role: person.role,
    };
    Ok(people.into_iter().map(account).collect())
}

/// Everybody of the story, by account name.
pub(super) struct Cast(HashMap<String, Actor>);

impl Cast {
    /// Somebody who acts in the story.
    pub(super) fn actor(&self, login_name: &str) -> AppResult<&Actor> {
        self.0.get(login_name).ok_or_else(|| AppError::internal(format!("nobody is called {login_name}")))
    }

    /// Somebody comes in whose account the story opened.
    pub(super) fn enter(&mut self, login_name: &str, actor: Actor) {
        self.0.insert(login_name.to_owned(), actor);
    }
}

/// The password of everybody.
pub(super) fn password() -> AppResult<String> {
    Ok(people()?.password)
}

/// Account names of the learners who only belong to the story.
pub(super) fn classmates() -> AppResult<Vec<String>> {
    Ok(people()?.classmates.into_iter().map(|classmate| classmate.login_name).collect())
}

/// Creates every account that is not there yet, but those of the learners that are offered: they come to theirs
/// as learners do.
pub(super) async fn seed(cx: &Services) -> AppResult<Cast> {
    let People { password, people, classmates } = people()?;
    let learner = |Classmate { login_name, display_name }| Person {
        login_name,
        display_name,
        role: Role::Learner,
        division: None,
        school: None,
        service_point: None,
    };
    let password_hash = identity::hash_for(cx, &password)?;
    let mut cast = HashMap::new();
    let staff = people.into_iter().filter(|person| person.role != Role::Learner);
    for person in staff.chain(classmates.into_iter().map(learner)) {
        let actor = seed_person(cx, &person, &password_hash).await?;
        cast.insert(person.login_name, actor);
    }
    Ok(Cast(cast))
}

/// Gives who works at one school their role there.
pub(super) async fn employ(cx: &Services, cast: &mut Cast, world: &World) -> AppResult<()> {
    for person in people()?.people {
        let Some(school) = &person.school else { continue };
        let place = workplace(cx, world.school(school)?, person.service_point.as_deref()).await?;
        let (id, role) = (cast.actor(&person.login_name)?.account_id, RoleAt { role: person.role, place });
        let permit = Permit::<SeedPeople>::for_job(JobName::SeedDemo, id);
        cx.db.write(&permit, async |tx| identity::grant_role(cx, tx, id, &role).await).await?;
        if let Some(actor) = cast.0.get_mut(&person.login_name) {
            actor.roles.push(role);
        }
    }
    Ok(())
}

/// A school, or one of its service points.
async fn workplace(cx: &Services, school: ProviderId, point: Option<&str>) -> AppResult<Place> {
    let Some(point) = point else {
        let provider = organisation::provider(cx, school).await?;
        return Ok(Place::Provider { id: provider.id, division: provider.division });
    };
    let points = organisation::places_to_serve(cx, school).await?;
    let found = points.into_iter().find(|(name, _)| name == point);
    found.map(|(_, place)| place).ok_or_else(|| AppError::internal(format!("no service point is called {point}")))
}

/// A learner who has opened their account by this name, and agrees to the privacy notice then.
pub(super) async fn learner(cx: &Services, login_name: &str) -> AppResult<Actor> {
    let actor = known_learner(cx, login_name).await?;
    let actor = actor.ok_or_else(|| AppError::internal(format!("nobody has opened the account {login_name}")))?;
    agree(cx, &actor).await?;
    Ok(actor)
}

/// The learner with this account, if they have opened it.
pub(super) async fn known_learner(cx: &Services, login_name: &str) -> AppResult<Option<Actor>> {
    let id = identity::find_by_name(cx, login_name).await?;
    let role = |id| RoleAt { role: Role::Learner, place: Place::Own { account: id } };
    Ok(id.map(|id| actor(cx, id, vec![role(id)])))
}

fn actor(cx: &Services, account_id: AccountId, roles: Vec<RoleAt>) -> Actor {
    Actor { account_id, login_id: cx.ids.new_id(), roles, request_id: "seed-demo".to_owned() }
}

/// Agrees to the privacy notice in force. What may be declined is left to whoever tries the account.
async fn agree(cx: &Services, actor: &Actor) -> AppResult<()> {
    let stated = StateConsent { purpose: ConsentPurpose::General, is_given: true, notice_version: NOTICE_VERSION };
    identity::state_consent(cx, actor, &stated).await.map(drop)
}

async fn seed_person(cx: &Services, person: &Person, password_hash: &str) -> AppResult<Actor> {
    let known = identity::find_by_name(cx, &person.login_name).await?;
    let id: AccountId = known.unwrap_or_else(|| cx.ids.new_id());
    let role = person.first_role(id);
    if known.is_none() {
        let permit = Permit::<SeedPeople>::for_job(JobName::SeedDemo, id);
        cx.db
            .write(&permit, async |tx| {
                let account = identity::NewAccount {
                    id,
                    login_name: person.login_name.clone(),
                    display_name: person.display_name.clone(),
                    password_hash: password_hash.to_owned(),
                    identity_verified_at: Some(tx.now()),
                };
                identity::create_account(tx, account).await?;
                match &role {
                    Some(role) => identity::grant_role(cx, tx, id, role).await,
                    None => Ok(()),
                }
            })
            .await?;
    }
    let actor = actor(cx, id, role.into_iter().collect());
    if known.is_none() {
        agree(cx, &actor).await?;
    }
    Ok(actor)
}

/// Adds this feature's routes.
pub fn routes(cfg: &mut Routes<'_>) {
    cfg.service(list_demo_accounts);
}

/// The accounts to try; only in demo mode.
#[utoipa::path(tag = "identity", responses((status = 200, body = Vec<DemoAccount>), (status = 404, body = Problem)))]
#[get("/demo_accounts")]
async fn list_demo_accounts(cx: Data<Services>) -> AppResult<Json<Vec<DemoAccount>>> {
    if !cx.config.demo {
        return Err(AppError::not_found());
    }
    Ok(Json(accounts()?))
}
