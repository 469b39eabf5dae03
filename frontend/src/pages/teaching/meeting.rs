//! One lesson: when and where it is, what was changed, and who came. The roll is called on the teacher's
//! phone, with a network or without.

mod change;
mod facts;
mod kept_photos;
mod makeups;
mod paper;
mod photo_queue;
mod roll;
mod standing;
mod sync;
mod tally;
mod vault;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{may, words::words},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        clock,
    },
    ui::{AsyncView, Card, PageHeading},
};
use change::Deeds;
use facts::Facts;
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use makeups::Makeups;
use paper::PaperRoll;
use roll::Roll;
use shared::{
    identity::Me,
    learning::ClassPlan,
    problem::ProblemCode,
    rights::{Place, Right, places},
    teaching::{MeetingRoll, MeetingState, MeetingView, RollCallMethod},
};
use vault::Vault;

lazy_page! {
    /// The page.
    MeetingPage = Meeting in school;
}

/// What the page knows.
#[derive(Clone, PartialEq)]
struct Loaded {
    meeting: MeetingView,
    /// Who is on the roll, for who calls it.
    roll: Option<MeetingRoll>,
    /// Its class; absent without a network.
    plan: Option<ClassPlan>,
}

/// What the server says, or what this device kept of it.
async fn load(actor: Actor, id: String) -> Outcome<Loaded> {
    match ask(actor, &id).await {
        Err(ApiError::Network) => {
            let kept = match Vault::open(actor).await {
                Ok(vault) => vault.roll(&id).await.ok().flatten(),
                Err(_) => None,
            };
            let roll = kept.ok_or(ApiError::Network)?;
            Ok(Loaded { meeting: roll.meeting.clone(), roll: Some(roll), plan: None })
        }
        answer => answer,
    }
}

async fn ask(actor: Actor, id: &str) -> Outcome<Loaded> {
    let meeting: MeetingView = client::get(actor, &format!("/meetings/{id}")).await?;
    let plan = format!("/classes/{}/plan", meeting.class_id);
    let (roll, plan) = futures::join!(ask_roll(actor, id), client::get::<ClassPlan>(actor, &plan));
    let roll = roll?;
    if let (Some(roll), Ok(vault)) = (&roll, Vault::open(actor).await) {
        // A browser that keeps nothing shows it all the same.
        drop(vault.keep_roll(roll).await);
    }
    Ok(Loaded { meeting, roll, plan: plan.ok() })
}

/// The roll, for who calls it; a bureau that looks on is not asked to be refused.
async fn ask_roll(actor: Actor, id: &str) -> Outcome<Option<MeetingRoll>> {
    let calls = |me: Me| places(&me.roles, Right::TakeAttendance).next().is_some();
    if !actor.me().is_some_and(calls) {
        return Ok(None);
    }
    match client::get(actor, &format!("/meetings/{id}/roll")).await {
        Ok(roll) => Ok(Some(roll)),
        Err(refused) if refused.code() == Some(ProblemCode::Forbidden) => Ok(None),
        Err(failure) => Err(failure),
    }
}

#[component]
fn Meeting() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let loaded = LocalResource::new(move || load(actor, id.get()));
    let title = Signal::derive(move || match loaded.get() {
        Some(Ok(loaded)) => loaded.meeting.course_title,
        _ => t_string!(i18n, classes.meeting).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <PageHeading text=title />
            <AsyncView resource=loaded let:known>
                <Known known reload=Callback::new(move |()| loaded.refetch()) />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(known: Loaded, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let Loaded { meeting, roll, plan } = known;
    let is_on = meeting.state == MeetingState::Planned;
    // Without a network nothing is known of other lessons.
    let makes_up = is_on && roll.is_some() && plan.is_some() && meeting.ends_at <= clock::now();
    let id = meeting.id;
    let back = format!("/classes/{}?part=timetable", meeting.class_id);
    let place = plan.as_ref().map(|plan| Place::Class {
        id: plan.class.id,
        provider: plan.class.provider_id,
        division: plan.class.division.clone(),
    });
    let may_change = is_on && place.is_some_and(|place| may(actor, Right::KeepTimetable, &place));
    let plan = plan.filter(|_| may_change);
    let may_keep = is_on && roll.is_some();
    let method = RwSignal::new(RollCallMethod::RollCall.as_str().to_owned());
    let (shown, on_paper, class_name) = (meeting.clone(), meeting.clone(), meeting.class_name.clone());
    view! {
        <p class="way-back"><A href=back>{class_name}</A></p>
        <Card>
            <Facts meeting=shown />
            {plan.map(|plan| view! { <Deeds meeting=meeting.clone() plan reload /> })}
        </Card>
        <div class="roll-and-paper">
            {roll.filter(|_| is_on).map(|roll| view! {
                <Card title=words(|locale| td_string!(locale, classes.roll))>
                    <p><A href=format!("/meetings/{}/code", roll.meeting.id)>{t!(i18n, classes.to_screen)}</A></p>
                    <Roll roll method />
                </Card>
            })}
            <PaperRoll meeting=on_paper may_keep method />
        </div>
        {makes_up.then(|| view! { <Makeups meeting=id /> })}
    }
}
