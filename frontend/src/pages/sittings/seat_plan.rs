//! One plan of seats: what it keeps and what not, a map of each room, and the deed that makes it hold.

use super::{seat_map::SeatMap, seat_plans::HoldsTag};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        file, when,
    },
    ui::{
        AsyncView, Button, Card, ConfirmDialog, DeedFailure, Icon, Look, Notice, PageHeading, Symbol, Toasts, Tone,
        focus_on,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    ids::SittingId,
    sittings::{PlannedSite, SeatPlanOutcome, SeatPlanView, Unseated, UnseatedReason},
};
use std::collections::HashMap;

lazy_page! {
    /// The page.
    SeatPlanPage = SeatPlan in office;
}

/// The ticket numbers of candidates, by sitting.
pub(super) type Tickets = StoredValue<HashMap<SittingId, String>>;

#[component]
fn SeatPlan() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let plan: LocalResource<Outcome<SeatPlanView>> = LocalResource::new(move || {
        let path = format!("/seat_plans/{id}");
        async move { client::get(actor, &path).await }
    });
    let reload = Callback::new(move |()| plan.refetch());
    view! {
        <main class="page wide stack">
            <PageHeading text=words(|locale| td_string!(locale, sittings.seat_plan)) />
            <AsyncView resource=plan let:plan>
                <Known plan reload />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(plan: SeatPlanView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let back = format!("/exam_sessions/{}/seats", plan.exam_session_id);
    let tickets = plan.candidates.iter().map(|candidate| (candidate.sitting_id, candidate.ticket_number.clone()));
    let tickets: Tickets = StoredValue::new(tickets.collect());
    let may_hold = plan.outcome.unseated.is_empty() && !plan.is_in_force;
    let path = format!("/seat_plans/{}/confirm", plan.id);
    let (is_in_force, sheets) = (plan.is_in_force, format!("/seat_plans/{}/sheets", plan.id));
    let left_out = plan.outcome.unseated.clone();
    let sites = plan.outcome.sites.clone();
    view! {
        <p class="way-back"><A href=back>{t!(i18n, sittings.seats)}</A></p>
        <Facts plan />
        {(!left_out.is_empty()).then(|| view! { <LeftOut left_out tickets /> })}
        {may_hold.then(|| view! { <Confirm path reload /> })}
        {is_in_force.then(|| view! { <Sheets path=sheets /> })}
        {sites.into_iter().map(|site| view! { <Site site tickets /> }).collect_view()}
    }
}

/// How many sit, and what could not be kept.
#[component]
fn Facts(plan: SeatPlanView) -> impl IntoView {
    let i18n = use_i18n();
    let SeatPlanOutcome { sites, unseated, same_class, same_employer } = plan.outcome;
    let seated: usize = sites.iter().flat_map(|site| &site.rooms).map(|room| room.seats.len()).sum();
    let planned_at = plan.planned_at;
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.counts))>
            <p class="row">
                <HoldsTag holds=plan.is_in_force />
                <span class="num">{move || when::date_time(i18n.get_locale(), planned_at)}</span>
            </p>
            <dl class="facts">
                <div><dt>{t!(i18n, sittings.seated)}</dt><dd class="num">{seated}</dd></div>
                <div><dt>{t!(i18n, sittings.unseated)}</dt><dd class="num">{unseated.len()}</dd></div>
                <div><dt>{t!(i18n, sittings.same_class)}</dt><dd class="num">{same_class}</dd></div>
                <div><dt>{t!(i18n, sittings.same_employer)}</dt><dd class="num">{same_employer}</dd></div>
                <div><dt>{t!(i18n, sittings.seat_seed)}</dt><dd class="num">{plan.seed}</dd></div>
            </dl>
        </Card>
    }
}

fn reason_name(locale: Locale, because: UnseatedReason) -> &'static str {
    match because {
        UnseatedReason::NoSite => td_string!(locale, sittings.no_site),
        UnseatedReason::NoSeatLeft => td_string!(locale, sittings.no_seat_left),
        UnseatedReason::NoAccessibleSeat => td_string!(locale, sittings.no_accessible_seat),
        UnseatedReason::NoExtraTimeRoom => td_string!(locale, sittings.no_extra_time_room),
    }
}

/// Who has no seat, and why.
#[component]
fn LeftOut(left_out: Vec<Unseated>, tickets: Tickets) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |unseated: Unseated| {
        let ticket = tickets.with_value(|tickets| tickets.get(&unseated.sitting_id).cloned().unwrap_or_default());
        let reason = move || reason_name(i18n.get_locale(), unseated.because);
        view! { <li><span class="num">{ticket}</span> " " {reason}</li> }
    };
    view! {
        <Notice tone=Tone::Stop>
            <p>{t!(i18n, sittings.left_out)}</p>
            <ul>{left_out.into_iter().map(line).collect_view()}</ul>
        </Notice>
    }
}

/// Makes the plan hold.
#[component]
fn Confirm(path: String, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let is_asking = RwSignal::new(false);
    let act = move |()| {
        let (path, said) = (path.clone(), t_string!(i18n, sittings.seats_done));
        let sending = async move { client::post::<_, SeatPlanView>(actor, &path, &serde_json::json!({})).await };
        deed.run(sending, move |_| {
            toasts.done(said);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                {t!(i18n, sittings.do_seats)}
            </Button>
        </div>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, sittings.ask_seats))
            text=words(|locale| td_string!(locale, sittings.about_seats))
            confirm=words(|locale| td_string!(locale, sittings.do_seats))
            on_confirm=act
        />
    }
}

/// Prints what hangs on doors, is signed, and stands on seats.
#[component]
fn Sheets(path: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let print = move |()| {
        let (path, name) = (path.clone(), format!("{}.pdf", t_string!(i18n, sittings.seat_sheets)));
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=print>
                <Icon symbol=Symbol::Print />
                {t!(i18n, sittings.print_seats)}
            </Button>
        </div>
    }
}

#[component]
fn Site(site: PlannedSite, tickets: Tickets) -> impl IntoView {
    let rooms = site.rooms.into_iter().map(|room| view! { <SeatMap room tickets /> }).collect_view();
    view! {
        <h2>{site.name}</h2>
        {rooms}
    }
}
