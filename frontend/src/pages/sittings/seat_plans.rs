//! The plans of seats of an exam session, and the form that draws another one.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{entry_form::Entering, words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{
        AsyncView, Button, Card, Choices, Column, DeedFailure, Field, Look, PageHeading, Table, Tag, TextInput, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    organisation::{DivisionCode, DivisionLevel, ExamSiteView},
    page::Page,
    sittings::{NewSeatPlan, NewSeatPlanSite, SeatPlanHead, SeatPlanView, is_ticket_number},
};

lazy_page! {
    /// The page.
    SeatPlansPage = SeatPlans in office;
}

/// How far candidates are sent: a site takes those of its county, of its city, or of the whole province.
const SCOPES: [DivisionLevel; 3] = [DivisionLevel::County, DivisionLevel::City, DivisionLevel::Province];

fn scope_name(locale: Locale, scope: DivisionLevel) -> &'static str {
    match scope {
        DivisionLevel::Province => td_string!(locale, sittings.seats_of_province),
        DivisionLevel::City => td_string!(locale, sittings.seats_of_city),
        DivisionLevel::County | DivisionLevel::Township => td_string!(locale, sittings.seats_of_county),
    }
}

/// Whose candidates a site takes.
fn served(site: &ExamSiteView, scope: DivisionLevel) -> Vec<DivisionCode> {
    site.division.and_above().filter(|code| code.level() == scope).collect()
}

#[component]
fn SeatPlans() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let there = format!("/exam_sessions/{id}");
    let path = StoredValue::new(format!("{there}/seat_plans"));
    let known: LocalResource<Outcome<(Vec<SeatPlanHead>, Page<ExamSiteView>)>> = LocalResource::new(move || {
        let path = path.get_value();
        async move {
            let plans = client::get::<Vec<SeatPlanHead>>(actor, &path).await?;
            let sites = client::get::<Page<ExamSiteView>>(actor, "/exam_sites?state=open&limit=200").await?;
            Ok((plans, sites))
        }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=there>{t!(i18n, sittings.back_to_session)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.seats)) />
            <p class="muted">{t!(i18n, sittings.seats_lead)}</p>
            <AsyncView resource=known let:known>
                <Plans plans=known.0 />
                <Draw path=path.get_value() sites=known.1.items />
            </AsyncView>
        </main>
    }
}

#[component]
fn Plans(plans: Vec<SeatPlanHead>) -> impl IntoView {
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, sittings.seats_planned_at))),
        Column::number(words(|locale| td_string!(locale, sittings.seated))),
        Column::number(words(|locale| td_string!(locale, sittings.unseated))),
        Column::text(words(|locale| td_string!(locale, sittings.state))),
    ];
    view! {
        <Table
            caption=words(|locale| td_string!(locale, sittings.seat_plans))
            columns
            rows=Signal::stored(plans)
            key=|plan| plan.id
            row
            empty=words(|locale| td_string!(locale, sittings.no_seat_plans))
        />
    }
}

fn row(plan: SeatPlanHead) -> impl IntoView {
    let i18n = use_i18n();
    let planned_at = plan.planned_at;
    view! {
        <th scope="row" class="num">
            <A href=format!("/seat_plans/{}", plan.id)>
                {move || when::date_time(i18n.get_locale(), planned_at)}
            </A>
        </th>
        <td class="n">{plan.seated}</td>
        <td class="n">{plan.unseated}</td>
        <td><HoldsTag holds=plan.is_in_force /></td>
    }
}

/// Whether a plan holds.
#[component]
pub(super) fn HoldsTag(holds: bool) -> impl IntoView {
    let i18n = use_i18n();
    let tone = if holds { Tone::Ok } else { Tone::Plain };
    let name = move || match holds {
        true => td_string!(i18n.get_locale(), sittings.seats_hold),
        false => td_string!(i18n.get_locale(), sittings.seats_drawn),
    };
    view! { <Tag tone>{name}</Tag> }
}

/// Chooses sites, and has a plan drawn.
#[component]
fn Draw(path: String, sites: Vec<ExamSiteView>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let entering = Entering::new(actor, &path);
    let (scope, tickets) = (RwSignal::new(DivisionLevel::County), RwSignal::new(String::new()));
    let choices: Vec<_> = sites.into_iter().map(|site| (site, RwSignal::new(false))).collect();
    let chosen = StoredValue::new(choices.clone());
    let wanted = move || {
        let scope = scope.get_untracked();
        let site = |(site, _): &(ExamSiteView, RwSignal<bool>)| NewSeatPlanSite {
            exam_site_id: site.id,
            serves: served(site, scope),
        };
        let sites = chosen.with_value(|choices| {
            choices.iter().filter(|(_, is_chosen)| is_chosen.get_untracked()).map(site).collect()
        });
        let accessible = tickets.with_untracked(|text| typed_tickets(text));
        let are_tickets = accessible.iter().all(|ticket| is_ticket_number(ticket));
        are_tickets.then_some(NewSeatPlan { sites, accessible, seed: None })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        entering.send(wanted(), move |plan: SeatPlanView| {
            navigate(&format!("/seat_plans/{}", plan.id), Default::default());
        });
    };
    let scopes = move || {
        let option =
            |scope: DivisionLevel| (scope.as_str().to_owned(), scope_name(i18n.get_locale(), scope).to_owned());
        SCOPES.map(option).to_vec()
    };
    let tickets_error = Signal::derive(move || {
        let typed = tickets.with(|text| typed_tickets(text));
        if entering.was_sent.get() && !typed.iter().all(|ticket| is_ticket_number(ticket)) {
            return t_string!(i18n, sittings.bad_tickets).to_owned();
        }
        let failure = entering.deed.failure();
        let said = |nth: usize| failure.as_ref()?.field(&format!("/accessible/{nth}"));
        (0..typed.len()).find_map(said).unwrap_or_default()
    });
    let said = entering.deed.field("/sites");
    let wrong = move || {
        let said = Some(said.get()).filter(|said| !said.is_empty());
        said.map(|said| view! { <div class="field"><p class="error">{said}</p></div> })
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.draw_seats))>
            <form class="stack" novalidate on:submit=submit>
                <fieldset class="stack">
                    <legend>{t!(i18n, sittings.seat_sites)}</legend>
                    {choices.into_iter().map(choice).collect_view()}
                </fieldset>
                {wrong}
                <Choices
                    legend=words(|locale| td_string!(locale, sittings.seats_scope))
                    value=Signal::derive(move || scope.get().as_str().to_owned())
                    options=Signal::derive(scopes)
                    on_choose=move |word: String| scope.set(DivisionLevel::parse(&word).unwrap_or(DivisionLevel::County))
                />
                <Field
                    id="accessible"
                    label=words(|locale| td_string!(locale, sittings.accessible_tickets))
                    hint=words(|locale| td_string!(locale, sittings.accessible_tickets_hint))
                    error=tickets_error
                >
                    <TextInput value=tickets keyboard="numeric" />
                </Field>
                <DeedFailure deed=entering.deed />
                <div class="row">
                    <Button look=Look::Primary is_submit=true is_busy=entering.deed.is_busy()>
                        {t!(i18n, sittings.draw_seats)}
                    </Button>
                </div>
            </form>
        </Card>
    }
}

/// The ticket numbers that somebody typed, with whatever between them.
fn typed_tickets(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn choice((site, is_chosen): (ExamSiteView, RwSignal<bool>)) -> impl IntoView {
    let i18n = use_i18n();
    let capacity = site.capacity;
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_chosen
                on:change:target=move |event| is_chosen.set(event.target().checked())
            />
            <span>
                <b>{site.name}</b> " " {site.division_name} " · "
                {move || td_string!(i18n.get_locale(), organisation.seats, seats = capacity)}
            </span>
        </label>
    }
}
