//! One door to knock on.

use super::{
    super::words::{StateTag, channel_name, intent_name, mode_name, outcome_name, route_name},
    Around,
    vault::{KeptPerson, KeptVisit},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{organisation::words::words, people::words::sex_name},
    platform::when,
    ui::{Button, ConfirmDialog, Icon, Notice, Symbol, Tag, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    device_log::{latest, merge},
    roster::{RosterFacts, RosterState, Visit, VisitOutcome, Wishes, roster_status},
};

/// The person, and what is known of them with what this device alone knows.
#[component]
pub(super) fn PersonCard(person: KeptPerson) -> impl IntoView {
    let i18n = use_i18n();
    let Around { shown, visited, is_writing, called, is_calling, .. } = expect_context::<Around>();
    let person = StoredValue::new(person);
    let waiting = Memo::new(move |_| person.with_value(|person| shown.waiting_for(person)));
    let log = Memo::new(move |_| {
        let ours: Vec<_> = waiting.get().into_iter().map(|kept| kept.sent.visit).collect();
        person.with_value(|person| merge(&ours, &person.visits))
    });
    let state =
        Memo::new(move |_| person.with_value(|person| standing(person, &log.get(), waiting.with(Vec::is_empty))));
    let KeptPerson { name, sex, birth_year, address, .. } = person.get_value();
    let who = move || {
        let sex = sex.map(|sex| sex_name(i18n.get_locale(), sex).to_owned());
        let born = birth_year.map(|year| t_string!(i18n, roster.born, year = year));
        sex.into_iter().chain(born).collect::<Vec<_>>().join(" · ")
    };
    let write = move |()| {
        visited.set(Some(person.get_value()));
        is_writing.set(true);
    };
    let call = move |()| {
        called.set(Some(person.get_value()));
        is_calling.set(true);
    };
    let of_whom = StoredValue::new(name.clone());
    view! {
        <article class="card door" aria-label=name.clone()>
            <div class="row spread">
                <h2>{name.clone()}</h2>
                {move || view! { <StateTag state=state.get() /> }}
            </div>
            <p class="muted small num">{who}</p>
            {(!address.is_empty()).then(|| view! { <p>{address}</p> })}
            <Wants person log />
            <Preferred person log />
            {move || latest(&log.get()).cloned().map(|visit| view! { <Last visit /> })}
            <div class="row spread">
                <div class="row">
                    <Button on_press=write>
                        <Icon symbol=Symbol::Pencil />
                        {t!(i18n, roster.visit_do)}
                        <span class="visually-hidden">{of_whom.get_value()}</span>
                    </Button>
                    <Button on_press=call>
                        {t!(i18n, roster.call_do)}
                        <span class="visually-hidden">" " {of_whom.get_value()}</span>
                    </Button>
                </div>
                {move || match waiting.with(Vec::len) {
                    0 => ().into_any(),
                    count => view! {
                        <Tag tone=Tone::Wait>
                            <Icon symbol=Symbol::Clock />
                            {t!(i18n, roster.waiting, count = count)}
                        </Tag>
                    }.into_any(),
                }}
            </div>
        </article>
    }
}

/// Where a person stands, with what only this device knows.
fn standing(person: &KeptPerson, log: &[Visit], is_sent: bool) -> RosterState {
    if is_sent {
        return person.state;
    }
    let facts = RosterFacts { is_assigned: true, listed_intent: person.intent, visits: log, ..RosterFacts::default() };
    roster_status(&facts).state
}

/// What the person wants, as said last.
#[component]
fn Wants(person: StoredValue<KeptPerson>, log: Memo<Vec<Visit>>) -> impl IntoView {
    let i18n = use_i18n();
    let said = move || {
        let log = log.get();
        let stated = latest(log.iter().filter(|visit| matches!(visit.outcome, VisitOutcome::Stated { .. })));
        match stated.map(|visit| &visit.outcome) {
            Some(VisitOutcome::Stated { intent, route, .. }) => (Some(*intent), *route),
            _ => person.with_value(|person| (person.intent, person.route)),
        }
    };
    move || {
        let (intent, route) = said();
        let intent = intent.map(|intent| intent_name(i18n.get_locale(), intent))?;
        let route = route.map(|route| route_name(i18n.get_locale(), route));
        let words = std::iter::once(intent).chain(route).collect::<Vec<_>>().join(" · ");
        Some(view! { <p class="small">{t!(i18n, roster.wants)} " " <b>{words}</b></p> })
    }
}

/// When, where and how the person would like to study, as said last.
#[component]
fn Preferred(person: StoredValue<KeptPerson>, log: Memo<Vec<Visit>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let Wishes { time, place, mode } = person.with_value(KeptPerson::wishes).after(&log.get());
        let mode = mode.map(|mode| mode_name(i18n.get_locale(), mode).to_owned());
        let parts = [time, place].into_iter().chain(mode).filter(|part| !part.is_empty());
        let parts = parts.collect::<Vec<_>>().join(" · ");
        (!parts.is_empty()).then(|| view! { <p class="small">{t!(i18n, roster.preferred)} " " {parts}</p> })
    }
}

/// The last visit.
#[component]
fn Last(visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let (at, channel, outcome) = (visit.visited_at, visit.channel, visit.outcome);
    let says = move || {
        let locale = i18n.get_locale();
        format!(
            "{} {} · {}",
            when::date_time(locale, at),
            channel_name(locale, channel),
            outcome_name(locale, &outcome)
        )
    };
    view! { <p class="muted small num">{says}</p> }
}

/// Visits that the server did not take, and why.
#[component]
pub(super) fn Refused() -> impl IntoView {
    let Around { shown, .. } = expect_context::<Around>();
    let refused = Memo::new(move |_| {
        shown.waiting.with(|waiting| waiting.iter().filter(|kept| !kept.errors.is_empty()).cloned().collect::<Vec<_>>())
    });
    move || refused.get().into_iter().map(|kept| view! { <OneRefused kept /> }).collect_view()
}

#[component]
fn OneRefused(kept: KeptVisit) -> impl IntoView {
    let i18n = use_i18n();
    let Around { round, .. } = expect_context::<Around>();
    let (id, at, is_asking) = (kept.sent.visit.id, kept.sent.visit.visited_at, RwSignal::new(false));
    let forget = move |()| {
        let round = round.get_value();
        spawn_local(async move { round.drop_visit(id).await });
    };
    let why = kept.errors.into_iter().map(|error| error.detail).collect::<Vec<_>>().join(" ");
    let name = kept.name;
    view! {
        <Notice tone=Tone::Stop>
            <p>
                {move || {
                    let at = when::date_time(i18n.get_locale(), at);
                    t_string!(i18n, roster.visit_refused, name = name.clone(), at = at)
                }}
            </p>
            <p>{why}</p>
            <Button on_press=move |()| is_asking.set(true)>{t!(i18n, roster.visit_forget)}</Button>
        </Notice>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, roster.visit_forget_ask))
            text=words(|locale| td_string!(locale, roster.visit_forget_about))
            confirm=words(|locale| td_string!(locale, roster.visit_forget))
            on_confirm=forget
        />
    }
}
