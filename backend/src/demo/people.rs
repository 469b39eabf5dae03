//! Accounts of the demo province.

use crate::{
    access::{JobName, Permit, actions},
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
use utoipa_actix_web::service_config::ServiceConfig;

actions! {
    /// Create the accounts of the demo province.
    SeedPeople(AccountId) = GrantRole;
}

#[derive(Deserialize)]
struct People {
    password: String,
    people: Vec<Person>,
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
    let People { password, people } = people()?;
    let account = |person: Person| DemoAccount {
        login_name: person.login_name,
        password: password.clone(),
        display_name: person.display_name,
        role: person.role,
    };
    Ok(people.into_iter().map(account).collect())
}

/// Creates every account that is not there yet.
pub(super) async fn seed(cx: &Services) -> AppResult<()> {
    let People { password, people } = people()?;
    for person in people {
        if identity::find_by_name(cx, &person.login_name).await?.is_some() {
            continue;
        }
        let id: AccountId = cx.ids.new_id();
        let place = match &person.division {
            Some(code) => Place::division(code),
            None => Place::Own { account: id },
        };
        let permit = Permit::<SeedPeople>::for_job(JobName::SeedDemo, id);
        let password_hash = identity::hash_for(cx, &password)?;
        cx.db
            .write(&permit, async |tx| {
                let account = identity::NewAccount {
                    id,
                    login_name: person.login_name.clone(),
                    display_name: person.display_name.clone(),
                    password_hash: password_hash.clone(),
                    identity_verified_at: Some(tx.now()),
                };
                identity::create_account(tx, account).await?;
                identity::grant_role(cx, tx, id, &RoleAt { role: person.role, place: place.clone() }).await
            })
            .await?;
    }
    Ok(())
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
