//! Accounts of the demo province.

use crate::{
    access::{Actor, JobName, Permit, actions},
    identity,
    platform::{
        Services,
        error::{AppError, AppResult},
    },
};
use actix_web::{
    get,
    web::{Data, Json},
};
use serde::Deserialize;
use shared::{
    identity::DemoAccount,
    ids::AccountId,
    problem::Problem,
    rights::{Place, Role, RoleAt},
};
use std::collections::HashMap;
use utoipa_actix_web::service_config::ServiceConfig;

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
}

/// The password of everybody.
pub(super) fn password() -> AppResult<String> {
    Ok(people()?.password)
}

/// Account names of the learners who only belong to the story.
pub(super) fn classmates() -> AppResult<Vec<String>> {
    Ok(people()?.classmates.into_iter().map(|classmate| classmate.login_name).collect())
}

/// Creates every account that is not there yet.
pub(super) async fn seed(cx: &Services) -> AppResult<Cast> {
    let People { password, people, classmates } = people()?;
    let learner = |Classmate { login_name, display_name }| Person {
        login_name,
        display_name,
        role: Role::Learner,
        division: None,
    };
    let password_hash = identity::hash_for(cx, &password)?;
    let mut cast = HashMap::new();
    for person in people.into_iter().chain(classmates.into_iter().map(learner)) {
        let actor = seed_person(cx, &person, &password_hash).await?;
        cast.insert(person.login_name, actor);
    }
    Ok(Cast(cast))
}

async fn seed_person(cx: &Services, person: &Person, password_hash: &str) -> AppResult<Actor> {
    let known = identity::find_by_name(cx, &person.login_name).await?;
    let id: AccountId = known.unwrap_or_else(|| cx.ids.new_id());
    let place = match &person.division {
        Some(code) => Place::division(code),
        None => Place::Own { account: id },
    };
    let role = RoleAt { role: person.role, place };
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
                identity::grant_role(cx, tx, id, &role).await
            })
            .await?;
    }
    Ok(Actor { account_id: id, login_id: cx.ids.new_id(), roles: vec![role], request_id: "seed-demo".to_owned() })
}

/// Adds this feature's routes.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
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
