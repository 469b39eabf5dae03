//! The plans of seats of an exam session, and the form that draws another one.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{entry_form::Entering, words::words},
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        when,
    },
    ui::{
        AsyncView, Button, Card, Choices, Column, DeedFailure, Field, Look, PageHeading, Table, Tag, TextInput, Tone,
        focus_first_wrong, focus_on,
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
    let known: LocalResource<Outcome<(Vec<SeatPlanHead>, Vec<ExamSiteView>)>> = LocalResource::new(move || {
        let path = path.get_value();
        async move {
            let plans = client::get::<Vec<SeatPlanHead>>(actor, &path).await?;
            Ok((plans, open_sites(actor).await?))
        }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=there>{t!(i18n, sittings.back_to_session)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.seats)) />
            <p class="muted">{t!(i18n, sittings.seats_lead)}</p>
            <AsyncView resource=known let:known>
                <PlansAndNext path=path.get_value() plans=known.0 sites=known.1 />
            </AsyncView>
        </main>
    }
}

/// Every open site that the reader may see.
async fn open_sites(actor: Actor) -> Outcome<Vec<ExamSiteView>> {
    let (mut sites, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/exam_sites?state=open&limit=200{cursor}");
        let page: Page<ExamSiteView> = client::get(actor, &path).await?;
        sites.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(sites),
        }
    }
}

#[component]
fn PlansAndNext(path: String, plans: Vec<SeatPlanHead>, sites: Vec<ExamSiteView>) -> impl IntoView {
    let last = plans.first().map(|plan| plan.wanted.clone());
    view! {
        <Plans plans />
        <Draw path sites last />
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

/// The sites that may be chosen, each with whether it is.
type SiteChoices = Vec<(ExamSiteView, RwSignal<bool>)>;

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    sites: StoredValue<SiteChoices>,
    scope: RwSignal<DivisionLevel>,
    tickets: RwSignal<String>,
}

impl Draft {
    /// Begins with what was asked for last: who is planned around a site that failed forgets nobody.
    fn of(sites: Vec<ExamSiteView>, last: Option<&NewSeatPlan>) -> Self {
        let was_chosen =
            |site: &ExamSiteView| last.is_some_and(|last| last.sites.iter().any(|it| it.exam_site_id == site.id));
        let choice = |site: ExamSiteView| {
            let is_chosen = RwSignal::new(was_chosen(&site));
            (site, is_chosen)
        };
        let scope = last.and_then(|last| last.sites.first()?.serves.first()).map(DivisionCode::level);
        let scope = scope.filter(|scope| SCOPES.contains(scope));
        Self {
            sites: StoredValue::new(sites.into_iter().map(choice).collect()),
            scope: RwSignal::new(scope.unwrap_or(DivisionLevel::County)),
            tickets: RwSignal::new(last.map(|last| last.accessible.join(", ")).unwrap_or_default()),
        }
    }

    /// The chosen sites, in order.
    fn chosen(self) -> Vec<ExamSiteView> {
        let chosen =
            |(site, is_chosen): &(ExamSiteView, RwSignal<bool>)| is_chosen.get_untracked().then(|| site.clone());
        self.sites.with_value(|sites| sites.iter().filter_map(chosen).collect())
    }

    /// The plan that is wanted, if the ticket numbers can be read.
    fn wanted(self) -> Option<NewSeatPlan> {
        let scope = self.scope.get_untracked();
        let site = |site: ExamSiteView| NewSeatPlanSite { exam_site_id: site.id, serves: served(&site, scope) };
        let accessible = self.tickets.with_untracked(|text| typed_tickets(text));
        let are_tickets = accessible.iter().all(|ticket| is_ticket_number(ticket));
        let sites = self.chosen().into_iter().map(site).collect();
        are_tickets.then_some(NewSeatPlan { sites, accessible, seed: None })
    }
}

/// What the server says of the sites that were sent: of all of them, or of one by its name.
fn said_of_sites(failure: &ApiError, sent: &[ExamSiteView]) -> Option<String> {
    let of_one = |(nth, site): (usize, &ExamSiteView)| {
        let said = failure.field(&format!("/sites/{nth}/exam_site_id"))?;
        Some(format!("{} {said}", site.name))
    };
    failure.field("/sites").or_else(|| sent.iter().enumerate().find_map(of_one))
}

/// What the server says of the ticket numbers that were sent, by the number.
fn said_of_tickets(failure: &ApiError, sent: &[String]) -> Option<String> {
    let of_one =
        |(nth, ticket): (usize, &String)| Some(format!("{ticket} {}", failure.field(&format!("/accessible/{nth}"))?));
    sent.iter().enumerate().find_map(of_one)
}

/// Chooses sites, and has a plan drawn.
#[component]
fn Draw(path: String, sites: Vec<ExamSiteView>, last: Option<NewSeatPlan>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, navigate) = (expect_context::<Actor>(), use_navigate());
    let entering = Entering::new(actor, &path);
    let draft = Draft::of(sites, last.as_ref());
    let choices = draft.sites.get_value();
    let sent = StoredValue::new((Vec::<ExamSiteView>::new(), Vec::<String>::new()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (navigate, wanted) = (navigate.clone(), draft.wanted());
        let tickets = wanted.as_ref().map(|wanted| wanted.accessible.clone()).unwrap_or_default();
        sent.set_value((draft.chosen(), tickets));
        entering.send(wanted, move |plan: SeatPlanView| {
            navigate(&format!("/seat_plans/{}", plan.id), Default::default());
        });
    };
    let scopes = move || {
        let option =
            |scope: DivisionLevel| (scope.as_str().to_owned(), scope_name(i18n.get_locale(), scope).to_owned());
        SCOPES.map(option).to_vec()
    };
    let tickets_error = Signal::derive(move || {
        let are_readable = draft.tickets.with(|text| typed_tickets(text).iter().all(|ticket| is_ticket_number(ticket)));
        if entering.was_sent.get() && !are_readable {
            return t_string!(i18n, sittings.bad_tickets).to_owned();
        }
        let said = |failure: ApiError| sent.with_value(|(_, tickets)| said_of_tickets(&failure, tickets));
        entering.deed.failure().and_then(said).unwrap_or_default()
    });
    let sites_error = Memo::new(move |_| {
        let said = |failure: ApiError| sent.with_value(|(sites, _)| said_of_sites(&failure, sites));
        entering.deed.failure().and_then(said)
    });
    Effect::new(move |_| match sites_error.get() {
        Some(_) => focus_on("#seat-sites input"),
        None if entering.deed.failure().is_some() => focus_first_wrong(),
        None => {}
    });
    let wrong = move || {
        let line = |said: String| view! { <div class="field"><p class="error" id="seat-sites-error">{said}</p></div> };
        sites_error.get().map(line)
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.draw_seats))>
            <form class="stack" novalidate on:submit=submit>
                <fieldset
                    class="stack"
                    id="seat-sites"
                    aria-describedby=move || sites_error.get().map(|_| "seat-sites-error")
                >
                    <legend>{t!(i18n, sittings.seat_sites)}</legend>
                    {choices.into_iter().map(choice).collect_view()}
                    {wrong}
                </fieldset>
                <Choices
                    legend=words(|locale| td_string!(locale, sittings.seats_scope))
                    value=Signal::derive(move || draft.scope.get().as_str().to_owned())
                    options=Signal::derive(scopes)
                    on_choose=move |word: String| {
                        draft.scope.set(DivisionLevel::parse(&word).unwrap_or(DivisionLevel::County));
                    }
                />
                <Field
                    id="accessible"
                    label=words(|locale| td_string!(locale, sittings.accessible_tickets))
                    hint=words(|locale| td_string!(locale, sittings.accessible_tickets_hint))
                    error=tickets_error
                >
                    <TextInput value=draft.tickets keyboard="numeric" />
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
