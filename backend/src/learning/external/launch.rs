//! A learner is sent to a tool, and the tool is told, once, who that is.

use super::{AnswerLaunch, OwnLink, browser::BrowserSecret, find_active};
use crate::{
    access::{JobName, Permit},
    learning::{
        entity::{external_launch, external_subject, external_tool},
        store,
        study::StudyCourses,
    },
    platform::{
        Services,
        crypto::ToolKey,
        error::{AppError, AppResult},
        http::Allowance,
    },
};
use actix_web::cookie::Cookie;
use shared::{
    ids::{ActivityId, ExternalLaunchId, ExternalSubjectId},
    learning::{
        AuthorizationRequest, EXTERNAL_DEPLOYMENT, ExternalLaunch, ExternalToolState, KnownLaunch, LaunchRefusal,
        Launched, check_authorization,
    },
};
use uuid::{Builder, Uuid};

/// How often somebody may be sent to tools.
const LAUNCHES: Allowance = Allowance::by_the_minute("external-launch", 30);

/// Sends the learner to the tool in which an activity lies; the cookie lets the launch go on in their browser.
///
/// # Errors
/// `not-found` if no class of the learner studies it; why nobody is sent there.
pub(super) async fn begin(
    cx: &Services,
    permit: &Permit<StudyCourses>,
    activity_id: ActivityId,
) -> AppResult<(ExternalLaunch, Cookie<'static>)> {
    let account_id = *permit.target();
    let link = OwnLink::find(cx, account_id, activity_id).await?.link;
    key(cx)?;
    let tool = match link.tool_id {
        Some(id) => find_active(cx, id).await?,
        None => None,
    };
    let tool = tool.ok_or_else(|| AppError::refused(LaunchRefusal::ToolOff))?;
    LAUNCHES.take(cx, account_id).await?;
    let (launch_id, new): (ExternalLaunchId, ExternalSubjectId) = (secret_id(cx).into(), secret_id(cx).into());
    let secret = BrowserSecret::new(cx);
    let browser_hash = secret.hash(launch_id)?;
    let subject = cx
        .db
        .write(permit, async |tx| {
            // Nobody becomes two subjects by opening two pages at once.
            store::lock_learner(tx.conn(), account_id).await?;
            let known = store::list_external_subjects(tx.conn(), account_id).await?;
            let subject = match known.iter().find(|subject| subject.tool_id == tool.id) {
                Some(subject) => subject.id,
                None => {
                    let row = external_subject::Model { id: new, tool_id: tool.id, account_id, made_at: tx.now() };
                    store::insert_external_subject(tx.conn(), row).await?;
                    new
                }
            };
            let row = external_launch::Model {
                id: launch_id,
                subject_id: subject,
                activity_id,
                made_at: tx.now(),
                browser_hash: browser_hash.clone(),
                answered_at: None,
            };
            store::insert_external_launch(tx.conn(), row).await?;
            tx.note("external_tool", tool.id.to_string());
            tx.note("activity", activity_id.to_string());
            Ok(subject)
        })
        .await?;
    let url = initiation_url(cx, &tool, &link.target_url, (launch_id, subject));
    Ok((ExternalLaunch { url, tool_title: tool.title }, secret.cookie(cx, launch_id)))
}

/// An id that nobody guesses, and that tells nothing of when it was made.
fn secret_id(cx: &Services) -> Uuid {
    Builder::from_random_bytes(cx.ids.secret()).into_uuid()
}

fn key(cx: &Services) -> AppResult<&ToolKey> {
    cx.keys.external_tools.as_ref().ok_or_else(|| AppError::refused(LaunchRefusal::NoKey))
}

/// Where the tool begins the log-in (LTI 1.3 Core §5.1.1.1).
fn initiation_url(
    cx: &Services,
    tool: &external_tool::Model,
    target_url: &str,
    (launch_id, subject): (ExternalLaunchId, ExternalSubjectId),
) -> String {
    let parameters = form_urlencoded::Serializer::new(String::new())
        .append_pair("iss", &cx.config.public_url)
        .append_pair("login_hint", &subject.to_string())
        .append_pair("target_link_uri", target_url)
        .append_pair("lti_message_hint", &launch_id.to_string())
        .append_pair("client_id", &tool.id.to_string())
        .append_pair("lti_deployment_id", EXTERNAL_DEPLOYMENT)
        .finish();
    let mark = if tool.login_url.contains('?') { '&' } else { '?' };
    format!("{}{mark}{parameters}", tool.login_url)
}

/// What is posted to a tool.
pub(super) struct Answer {
    /// Where it goes.
    pub(super) url: String,
    /// Who the learner is, signed.
    pub(super) id_token: String,
}

/// Tells a tool who was sent to it, if the browser holds the secret of the launch.
///
/// # Errors
/// Why it is told nothing.
pub(super) async fn answer(
    cx: &Services,
    asked: &AuthorizationRequest,
    secret: Option<&BrowserSecret>,
) -> AppResult<Answer> {
    let key = key(cx)?;
    let (launch, subject, tool) = known(cx, asked).await?;
    let redirect_urls: Vec<String> = serde_json::from_str(&tool.redirect_urls).map_err(AppError::internal)?;
    let is_same_browser = secret.map(|secret| secret.is_of(&launch)).transpose()?.unwrap_or(false);
    let now = cx.clock.now();
    let facts = KnownLaunch {
        id: launch.id,
        tool_id: tool.id,
        is_active: tool.state == ExternalToolState::Active.as_str(),
        redirect_urls: &redirect_urls,
        subject: subject.id,
        made_at: launch.made_at,
        is_answered: launch.answered_at.is_some(),
        is_same_browser,
    };
    check_authorization(asked, &facts, now).map_err(AppError::refused)?;
    // Who left the class since then is sent nowhere, and neither is anybody to a tool that the author left.
    let own = OwnLink::find(cx, subject.account_id, launch.activity_id).await;
    let own = own.map_err(|error| match error {
        AppError::Problem(_) => AppError::refused(LaunchRefusal::Over),
        other => other,
    })?;
    if own.link.tool_id != Some(tool.id) {
        return Err(AppError::refused(LaunchRefusal::Over));
    }
    let course_id = own.own.studied.course_id;
    let course_title = crate::learning::course(cx, course_id).await?.title;
    let launched = Launched {
        issuer: &cx.config.public_url,
        tool_id: tool.id,
        subject: subject.id,
        activity_id: launch.activity_id,
        title: own.title(),
        link: &own.link,
        course_id,
        course_title: &course_title,
    };
    let id_token = key.sign(&launched.claims(&asked.nonce, now))?;
    let permit = Permit::<AnswerLaunch>::for_job(JobName::ServeExternalTools, launch.id);
    cx.db
        .write(&permit, async |tx| {
            if store::answer_external_launch(tx.conn(), launch.id, tx.now()).await? == 0 {
                return Err(AppError::refused(LaunchRefusal::Answered));
            }
            tx.note("external_tool", tool.id.to_string());
            tx.note("activity", launch.activity_id.to_string());
            Ok(())
        })
        .await?;
    Ok(Answer { url: asked.redirect_uri.clone(), id_token })
}

type Known = (external_launch::Model, external_subject::Model, external_tool::Model);

/// The launch that a tool asks about, as whom it knows the learner, and the tool.
async fn known(cx: &Services, asked: &AuthorizationRequest) -> AppResult<Known> {
    let over = || AppError::refused(LaunchRefusal::Over);
    let id: ExternalLaunchId = asked.lti_message_hint.parse().map_err(|_| over())?;
    let conn = cx.db.read();
    let launch = store::find_external_launch(conn, id).await?.ok_or_else(over)?;
    let subject = store::find_external_subject(conn, launch.subject_id).await?.ok_or_else(over)?;
    let tool = store::find_external_tool(conn, subject.tool_id).await?.ok_or_else(over)?;
    Ok((launch, subject, tool))
}
