//! One plan of seats: what it keeps and what not, a map of each room, and the deed that makes it hold.

use super::{seat_map::SeatMap, seat_plans::HoldsTag};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{entry_form::Entering, words::words},
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
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    ids::{ExamSiteId, SittingId},
    sittings::{
        NewSeatPlan, PlannedRoom, PlannedSite, PrintSeatSheets, SeatMove, SeatPlanOutcome, SeatPlanView, Unseated,
        UnseatedReason,
    },
};
use std::collections::HashMap;

lazy_page! {
    /// The page.
    SeatPlanPage = SeatPlan in office;
}

/// Candidates without a seat who are named.
const LEFT_OUT: usize = 200;

/// The ticket numbers of candidates, by sitting.
pub(super) type Tickets = StoredValue<HashMap<SittingId, String>>;
/// Who goes on at another seat than their plan says, by sitting.
pub(super) type Moves = StoredValue<HashMap<SittingId, SeatMove>>;

#[component]
fn SeatPlan() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    // The same page shows the plan that is drawn again from it.
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let plan: LocalResource<Outcome<SeatPlanView>> = LocalResource::new(move || {
        let path = format!("/seat_plans/{}", id.get());
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
    let moves: Moves = StoredValue::new(plan.moved.iter().map(|moved| (moved.sitting_id, moved.seats)).collect());
    let is_outdated = plan.is_outdated;
    let list = format!("/exam_sessions/{}/seat_plans", plan.exam_session_id);
    let again = NewSeatPlan { seed: Some(plan.seed), ..plan.wanted.clone() };
    let may_hold = plan.outcome.unseated.is_empty() && !plan.is_in_force && !is_outdated;
    let path = format!("/seat_plans/{}/confirm", plan.id);
    let sheets = plan.is_in_force.then(|| format!("/seat_plans/{}/sheets", plan.id));
    let left_out = plan.outcome.unseated.clone();
    let sites: Vec<_> = plan.outcome.sites.iter().filter(|site| !site.rooms.is_empty()).cloned().collect();
    let (is_only, has_forms) = (sites.len() == 1, plan.outcome.has_forms());
    let site = move |site: PlannedSite| view! { <Site site tickets moves has_forms is_only sheets=sheets.clone() /> };
    view! {
        <p class="way-back"><A href=back>{t!(i18n, sittings.seats)}</A></p>
        <Facts plan />
        {(!left_out.is_empty()).then(|| view! { <LeftOut left_out tickets /> })}
        {is_outdated.then(|| view! { <Outdated list again /> })}
        {may_hold.then(|| view! { <Confirm path reload /> })}
        {sites.into_iter().map(site).collect_view()}
    }
}

/// Says that things are not as they were planned with, and draws the plan again by its seed: where only a name has
/// changed, everybody keeps their seat.
#[component]
fn Outdated(
    /// Where plans are drawn.
    list: String,
    /// The same plan once more.
    again: NewSeatPlan,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let entering = Entering::new(actor, &list);
    let draw = move |()| {
        let navigate = navigate.clone();
        entering.send(Some(again.clone()), move |plan: SeatPlanView| {
            focus_on("h1");
            navigate(&format!("/seat_plans/{}", plan.id), Default::default());
        });
    };
    view! {
        <Notice tone=Tone::Stop>{t!(i18n, sittings.seats_outdated)}</Notice>
        <DeedFailure deed=entering.deed />
        <div class="row">
            <Button is_busy=entering.deed.is_busy() on_press=draw>{t!(i18n, sittings.redraw_seats)}</Button>
        </div>
    }
}

/// How many sit, and what could not be kept.
#[component]
fn Facts(plan: SeatPlanView) -> impl IntoView {
    let i18n = use_i18n();
    let same_form = plan.outcome.has_forms().then(|| plan.outcome.same_form());
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
                {same_form.map(|pairs| view! {
                    <div><dt>{t!(i18n, sittings.same_form)}</dt><dd class="num">{pairs}</dd></div>
                })}
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

/// Who has no seat, and why; where that are very many, something is wrong with the sites, and the first of them tell.
#[component]
fn LeftOut(left_out: Vec<Unseated>, tickets: Tickets) -> impl IntoView {
    let i18n = use_i18n();
    let more = left_out.len().saturating_sub(LEFT_OUT);
    let line = move |unseated: Unseated| {
        let ticket = tickets.with_value(|tickets| tickets.get(&unseated.sitting_id).cloned().unwrap_or_default());
        let reason = move || reason_name(i18n.get_locale(), unseated.because);
        view! { <li><span class="num">{ticket}</span> " " {reason}</li> }
    };
    view! {
        <Notice tone=Tone::Stop>
            <p>{t!(i18n, sittings.left_out)}</p>
            <ul>{left_out.into_iter().take(LEFT_OUT).map(line).collect_view()}</ul>
            {(more > 0).then(|| view! { <p>{t!(i18n, sittings.left_out_more, more = more)}</p> })}
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

/// Prints what hangs on the doors of a site, is signed, and stands on its seats.
#[component]
fn Sheets(path: String, site_id: ExamSiteId, site_name: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let named = site_name.clone();
    let print = move |()| {
        let (path, wanted) = (path.clone(), PrintSeatSheets { exam_site_id: site_id });
        let name = format!("{} {named}.pdf", t_string!(i18n, sittings.seat_sheets));
        let printing = async move { client::post_for_bytes(actor, &path, &wanted).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(&name, "application/pdf", &bytes));
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=print>
                <Icon symbol=Symbol::Print />
                {t!(i18n, sittings.print_seats)}
                <span class="visually-hidden">" " {site_name}</span>
            </Button>
        </div>
    }
}

/// The rooms of a site. They are drawn when somebody looks: a large test has thousands.
#[component]
fn Site(
    site: PlannedSite,
    tickets: Tickets,
    moves: Moves,
    /// Whether not all sit the same form.
    has_forms: bool,
    /// Whether nobody sits at any other one.
    is_only: bool,
    /// Where its sheets are printed, if the plan holds.
    sheets: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let held: usize = site.rooms.iter().map(|room| room.seats.len()).sum();
    let (site_id, site_name) = (site.exam_site_id, site.name.clone());
    let (rooms, is_shown) = (StoredValue::new(site.rooms), RwSignal::new(is_only));
    let map = move |room: PlannedRoom| view! { <SeatMap room tickets moves has_forms /> };
    let maps = move || rooms.get_value().into_iter().map(map).collect_view();
    view! {
        <details class="stack seat-site" open=is_only on:toggle=move |_| is_shown.set(true)>
            <summary><h2>{site.name} " " {t!(i18n, sittings.seat_held, held = held)}</h2></summary>
            {sheets.map(|path| view! { <Sheets path site_id site_name /> })}
            <Show when=move || is_shown.get()>{maps()}</Show>
        </details>
    }
}
