//! The running system, for its administrator: keys, queues and settings.
//!
//! The system is one, of the whole province: the rights over it open something at the province alone.

use super::keys::{AskOfKeys, CountKeyUse, NewKey, RenewFields};
use crate::{
    access::{Actor, authorize},
    messages,
    platform::{
        Services,
        crypto::KeyId,
        error::{AppError, AppResult},
        http::{IdempotencyKey, once},
        jobs,
        texts::Language,
    },
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json},
};
use shared::{
    ids::JobId,
    jobs::JobView,
    organisation::DivisionCode,
    problem::{Problem, ProblemCode},
    rights::{Place, Right},
    system::{QueueDepths, SettingInForce, SystemView},
};

/// For how long it is told what was given up.
const TOLD_FOR_S: i64 = 7 * 86_400;

fn place() -> Place {
    Place::division(DivisionCode::ZHEJIANG.as_str())
}

/// Keys, queues, and the settings in force, without any secret.
#[utoipa::path(tag = "system", responses((status = 200, body = SystemView), (status = 403, body = Problem)))]
#[get("/system")]
pub(super) async fn get_system(actor: Actor, cx: Data<Services>, language: Language) -> AppResult<Json<SystemView>> {
    if !actor.has_any(&[Right::ReadSystem], &place()) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    // How far a rotation is within a table is the job's own note.
    let rotation = jobs::last_of::<RenewFields>(&cx, language).await?.map(|job| JobView { result: None, ..job });
    let setting = |(name, value): (&str, String)| SettingInForce { name: name.to_owned(), value };
    Ok(Json(SystemView {
        current_key: cx.keys.fields.current().0,
        makes_keys: is_alone(&cx),
        rotation,
        key_count: jobs::last_of::<CountKeyUse>(&cx, language).await?,
        queues: queues(&cx).await?,
        settings: cx.config.in_force().into_iter().map(setting).collect(),
    }))
}

/// Whether this node shares its store with no other, so that a key that it makes is missing nowhere.
fn is_alone(cx: &Services) -> bool {
    cx.config.redis_url.is_none() && cx.db.is_of_one_node()
}

async fn queues(cx: &Services) -> AppResult<QueueDepths> {
    let since = cx.clock.now().plus_s(-TOLD_FOR_S);
    let jobs = jobs::counts(cx, since).await?;
    let (texts_waiting, texts_given_up) = messages::counts(cx, since).await?;
    Ok(QueueDepths {
        jobs_waiting: jobs.waiting,
        jobs_running: jobs.running,
        jobs_given_up: jobs.given_up,
        events_waiting: cx.db.count_unsent_events(&super::jobs(cx.clone()).topics()).await?,
        texts_waiting,
        texts_given_up,
    })
}

/// Has everything that is sealed be sealed by a new key, as a job. A system of one node makes the key; of several
/// nodes each has its file already, and what older keys sealed follows.
#[utoipa::path(tag = "system", responses((status = 202, body = JobView), (status = 403, body = Problem)))]
#[post("/system/key_rotations")]
pub(super) async fn rotate_keys(
    actor: Actor,
    cx: Data<Services>,
    key: IdempotencyKey,
    language: Language,
) -> AppResult<HttpResponse> {
    let job = ask_to_rotate(&cx, &actor, &key).await?;
    Ok(HttpResponse::Accepted().json(jobs::view(&cx, job, actor.account_id, language).await?))
}

async fn ask_to_rotate(cx: &Services, actor: &Actor, key: &IdempotencyKey) -> AppResult<JobId> {
    let (current, is_made_here) = (cx.keys.fields.current(), is_alone(cx));
    let wanted = if is_made_here { KeyId(current.0 + 1) } else { current };
    let permit = authorize::<AskOfKeys>(actor, "rotation", &place())?;
    let (id, input) = (cx.ids.new_id(), NewKey { key: wanted.0, is_made_here });
    cx.db
        .write(&permit, async |tx| {
            let ask = async || {
                tx.note("key", wanted.0);
                jobs::ask::<RenewFields>(tx, id, &permit, &input).await
            };
            once(tx, actor.account_id, key, &"rotate_keys", ask).await
        })
        .await
}

/// Has counted what each key opens, as a job: it looks at everything that is sealed.
#[utoipa::path(tag = "system", responses((status = 202, body = JobView), (status = 403, body = Problem)))]
#[post("/system/key_counts")]
pub(super) async fn count_keys(actor: Actor, cx: Data<Services>, language: Language) -> AppResult<HttpResponse> {
    let permit = authorize::<AskOfKeys>(&actor, "count", &place())?;
    let id = cx.ids.new_id();
    let job = cx.db.write(&permit, async |tx| jobs::ask::<CountKeyUse>(tx, id, &permit, &()).await).await?;
    Ok(HttpResponse::Accepted().json(jobs::view(&cx, job, actor.account_id, language).await?))
}
