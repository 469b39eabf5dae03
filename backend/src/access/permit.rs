//! Proof that somebody may do one thing to one target.

use super::{Actor, Scope, TokenHolder};
use crate::platform::{
    db::Permission,
    error::{AppError, AppResult},
    jobs::Run,
};
use shared::{
    ids::{AccountId, ServicePointId},
    problem::ProblemCode,
    rights::{self, Place, Right},
};
use std::fmt::Display;

/// Something that can be done, the kind of its target, and the right it takes.
pub trait Action {
    /// What it is done to.
    type Target: Display;
    /// The right it takes.
    const RIGHT: Right;
}

/// Proof that an actor may do `A` to a target. Only [`authorize`], [`authorize_where_held`],
/// [`Permit::for_job`], [`Permit::of_asker`] and [`Permit::to_go_on`] make one.
#[must_use]
#[derive(Debug)]
pub struct Permit<A: Action> {
    actor_id: Option<AccountId>,
    target: A::Target,
    request_id: String,
    /// The service point for which the actor does it.
    service_point: Option<ServicePointId>,
}

/// The system's own work, which no person asked for.
#[derive(Clone, Copy, Debug)]
pub enum JobName {
    /// Creates the demo province.
    SeedDemo,
    /// Closes sittings whose time is over.
    CloseSittings,
    /// Scores responses by rule when a test is over.
    ScoreResponses,
    /// Imports items from the command line.
    ImportItems,
    /// Brings the list of divisions up to date.
    LoadDivisions,
    /// Has fields encrypted by a new key.
    RotateKeys,
    /// Creates the first administrators, and resets accounts, from the command line.
    KeepAccounts,
    /// Opens, renews and ends log-ins; the proof is the password or the token itself.
    LogIn,
    /// Lets what repeats a person's name follow it.
    FollowName,
    /// Deletes what somebody does not agree to any more.
    FollowConsents,
    /// Lets who has left a school leave its classes.
    LeaveClasses,
    /// Gives an account to its owner; the proof is the code and what they carry with them.
    ActivateAccount,
    /// Hands text messages over, and forgets what they said.
    SendMessages,
    /// Tells candidates by text what has become of their test.
    TellCandidates,
    /// Keeps what items are found by.
    KeepItemTexts,
    /// Seals what items say.
    SealItems,
    /// Measures how items did in a test.
    MeasureItems,
    /// Composes a paper of a test that came with items.
    ComposeImported,
    /// Proposes to make void the certificates whose results an incident voided.
    FollowIncidents,
    /// Proposes to make void the certificates that state another result than a recheck found.
    FollowCorrections,
    /// Deletes what has served its time.
    SweepStore,
    /// Answers tools of others and takes what they report; the proof is the launch, or what the tool signed.
    ServeExternalTools,
}

impl JobName {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SeedDemo => "job:seed-demo",
            Self::CloseSittings => "job:close-sittings",
            Self::ScoreResponses => "job:score-responses",
            Self::ImportItems => "job:import-items",
            Self::LoadDivisions => "job:load-divisions",
            Self::RotateKeys => "job:rotate-keys",
            Self::KeepAccounts => "job:keep-accounts",
            Self::LogIn => "job:log-in",
            Self::FollowName => "job:follow-name",
            Self::FollowConsents => "job:follow-consents",
            Self::LeaveClasses => "job:leave-classes",
            Self::ActivateAccount => "job:activate-account",
            Self::SendMessages => "job:send-messages",
            Self::TellCandidates => "job:tell-candidates",
            Self::KeepItemTexts => "job:keep-item-texts",
            Self::SealItems => "job:seal-items",
            Self::MeasureItems => "job:measure-items",
            Self::ComposeImported => "job:compose-imported",
            Self::FollowIncidents => "job:follow-incidents",
            Self::FollowCorrections => "job:follow-corrections",
            Self::SweepStore => "job:sweep-store",
            Self::ServeExternalTools => "job:serve-external-tools",
        }
    }
}

/// Lets `actor` do `A` to `target`, which lies at `place`.
///
/// # Errors
/// [`ProblemCode::Forbidden`] if the actor does not have the right there.
pub fn authorize<A: Action>(actor: &Actor, target: A::Target, place: &Place) -> AppResult<Permit<A>> {
    if !actor.has_any(&[A::RIGHT], place) {
        return Err(AppError::Problem(ProblemCode::Forbidden));
    }
    let service_point = rights::service_point_for(&actor.roles, A::RIGHT, place);
    Ok(Permit { actor_id: Some(actor.account_id), target, request_id: actor.request_id.clone(), service_point })
}

/// Lets `actor` do `A` to whatever of `target` lies where they hold the right, and to nothing else of it: the
/// caller narrows its statements by the [`Scope`] of the same right.
///
/// # Errors
/// [`ProblemCode::Forbidden`] if they hold it nowhere.
pub fn authorize_where_held<A: Action>(actor: &Actor, target: A::Target) -> AppResult<Permit<A>> {
    Scope::of(actor, A::RIGHT)?;
    let service_point = rights::service_point_where_held(&actor.roles, A::RIGHT);
    Ok(Permit { actor_id: Some(actor.account_id), target, request_id: actor.request_id.clone(), service_point })
}

impl<A: Action> Permit<A> {
    /// Lets the system itself do `A`.
    pub fn for_job(job: JobName, target: A::Target) -> Self {
        Self { actor_id: None, target, request_id: job.as_str().to_owned(), service_point: None }
    }

    /// Lets the holder of a token go on with what an earlier permit began. The caller checks, where
    /// it writes, that the target is the holder's own and that the earlier permit was given.
    pub fn to_go_on(holder: &TokenHolder, target: A::Target) -> Self {
        let request_id = holder.request_id.clone();
        Self { actor_id: Some(holder.account_id), target, request_id, service_point: None }
    }

    /// Lets a job do what the person who asked for it was permitted to do then.
    ///
    /// # Errors
    /// If no person asked for it.
    pub fn of_asker(run: &Run, target: A::Target) -> AppResult<Self> {
        let nobody = || AppError::internal("nobody asked for this job");
        let (account_id, request_id) = run.asker().ok_or_else(nobody)?;
        let request_id = request_id.to_owned();
        Ok(Self { actor_id: Some(account_id), target, request_id, service_point: None })
    }

    /// What it is done to.
    pub fn target(&self) -> &A::Target {
        &self.target
    }

    /// Who does it.
    ///
    /// # Errors
    /// If the system does: then somebody called a person's action from a job.
    pub fn person(&self) -> AppResult<AccountId> {
        self.actor_id.ok_or_else(|| AppError::internal("a person's action was called by a job"))
    }
}

impl<A: Action> Permission for Permit<A> {
    fn actor_id(&self) -> Option<AccountId> {
        self.actor_id
    }

    fn right(&self) -> &'static str {
        A::RIGHT.as_str()
    }

    fn target(&self) -> String {
        self.target.to_string()
    }

    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn service_point(&self) -> Option<ServicePointId> {
        self.service_point
    }
}
