//! How far the survey of each part of a division is: the way from the province down to a township.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        exports::Export,
        organisation::{may, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, query},
    },
    ui::{AsyncView, Column, PageHeading, Table},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};
use shared::{
    organisation::{Division, DivisionLevel},
    rights::{Place, Right},
    roster::{SurveyPart, SurveyProgress, SurveySums},
};

lazy_page! {
    /// The page.
    RosterSumsPage = Sums in school;
}

/// What a line of the table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum LineKind {
    /// One part.
    Part,
    /// The division itself, beside its parts.
    Own,
    /// All lines together.
    Together,
}

/// One line of the table.
#[derive(Clone)]
struct Line {
    kind: LineKind,
    division: Division,
    sums: SurveySums,
}

#[component]
fn Sums() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let address = use_query_map();
    let division = Memo::new(move |_| address.with(|address| address.get("division")));
    let asked = move || query(&[("division", division.get())]);
    let progress: LocalResource<Outcome<SurveyProgress>> = LocalResource::new(move || {
        let path = format!("/roster/sums?{}", asked());
        async move { client::get(actor, &path).await }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/roster">{t!(i18n, roster.title)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, roster.sums_title)) />
            <p class="muted">{t!(i18n, roster.sums_lead)}</p>
            <Export
                name=words(|locale| td_string!(locale, exports.list_roster_sums))
                path=move |()| format!("/roster/sums/exports?{}", untrack(asked))
            />
            <AsyncView resource=progress let:found>
                <Found found />
            </AsyncView>
        </main>
    }
}

#[component]
fn Found(found: SurveyProgress) -> impl IntoView {
    let SurveyProgress { way, parts } = found;
    let lines = lines(way.last(), parts);
    view! {
        <Trail way />
        <Table
            caption=words(|locale| td_string!(locale, roster.sums_list))
            columns=columns()
            rows=Signal::stored(lines)
            key=|line| (line.kind, line.division.code.clone())
            row
        />
    }
}

/// The way from the province to here; what the reader has nothing to do with leads nowhere.
#[component]
fn Trail(way: Vec<Division>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let steps = way.len();
    let step = move |(at, division): (usize, Division)| {
        let leads = at + 1 < steps && may(actor, Right::ReadRoster, &Place::division(&division.code));
        let Division { code, name, .. } = division;
        if leads {
            view! { <li><A href=address_of(&code)>{name}</A></li> }.into_any()
        } else {
            view! { <li>{name}</li> }.into_any()
        }
    };
    view! {
        <nav class="trail" aria-label=move || t_string!(i18n, organisation.trail)>
            <ol>{way.into_iter().enumerate().map(step).collect_view()}</ol>
        </nav>
    }
}

fn address_of(code: &str) -> String {
    format!("/roster/sums?division={code}")
}

/// The lines of the parts, and of all together where there are several.
fn lines(whole: Option<&Division>, parts: Vec<SurveyPart>) -> Vec<Line> {
    let together = parts.iter().filter_map(|part| part.sums).fold(SurveySums::default(), SurveySums::and);
    let is_whole = |division: &Division| whole.is_some_and(|whole| whole.code == division.code);
    let has_several = parts.len() > 1;
    let line = |SurveyPart { division, sums }: SurveyPart| {
        let kind = if has_several && is_whole(&division) { LineKind::Own } else { LineKind::Part };
        Line { kind, division, sums: sums.unwrap_or_default() }
    };
    let mut lines: Vec<Line> = parts.into_iter().map(line).collect();
    if let Some(division) = whole.filter(|_| has_several).cloned() {
        lines.push(Line { kind: LineKind::Together, division, sums: together });
    }
    lines
}

fn columns() -> Vec<Column> {
    let names: [fn(Locale) -> &'static str; 11] = [
        |locale| td_string!(locale, roster.sums_persons),
        |locale| td_string!(locale, roster.sums_unasked),
        |locale| td_string!(locale, roster.sums_unreachable),
        |locale| td_string!(locale, roster.sums_willing),
        |locale| td_string!(locale, roster.sums_undecided),
        |locale| td_string!(locale, roster.sums_unwilling),
        |locale| td_string!(locale, roster.sums_enrolled),
        |locale| td_string!(locale, roster.sums_studying),
        |locale| td_string!(locale, roster.sums_completed),
        |locale| td_string!(locale, roster.sums_left_out),
        |locale| td_string!(locale, roster.sums_pct),
    ];
    let division = Column::text(words(|locale| td_string!(locale, roster.sums_division)));
    std::iter::once(division).chain(names.map(|name| Column::number(words(name)))).collect()
}

fn row(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let Line { kind, division, sums } = line;
    let name = match kind {
        LineKind::Part if division.level != DivisionLevel::Township => {
            view! { <A href=address_of(&division.code)>{division.name}</A> }.into_any()
        }
        LineKind::Part => division.name.into_any(),
        LineKind::Own => t!(i18n, roster.sums_own).into_any(),
        LineKind::Together => t!(i18n, roster.sums_together).into_any(),
    };
    let share = sums.surveyed_pct().map_or_else(|| "–".to_owned(), |pct| format!("{pct}%"));
    view! {
        <th scope="row">{name}</th>
        {sums.figures().map(|figure| view! { <td class="n">{figure}</td> }).collect_view()}
        <td class="n">{share}</td>
    }
}
