//! Whose screen the photo may show, how sure that is, and what that means.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::organisation::words::words,
    platform::when,
    ui::{Card, Column, Notice, Table, Tone},
};
use leptos::prelude::*;
use shared::sittings::{LeakTraceView, TraceVerdict, TracedCandidate};

/// The result.
#[component]
pub(super) fn Found(traced: LeakTraceView) -> impl IntoView {
    let i18n = use_i18n();
    let LeakTraceView { verdict, sittings, clues, candidates, .. } = traced;
    let compared = move || t_string!(i18n, sittings.trace_compared, clues = clues, sittings = sittings);
    view! {
        <div id="traced" tabindex="-1">
            <Card title=words(|locale| td_string!(locale, sittings.trace_result))>
                <Notice tone=tone(verdict)>{move || verdict_text(i18n.get_locale(), verdict)}</Notice>
                <p>{compared}</p>
                {(!candidates.is_empty()).then(|| view! { <Candidates candidates clues /> })}
                <p class="muted">{t!(i18n, sittings.trace_no_proof)}</p>
            </Card>
        </div>
    }
}

/// The candidates whose orders fit, the best first.
#[component]
fn Candidates(candidates: Vec<TracedCandidate>, clues: u16) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(words(|locale| td_string!(locale, sittings.my_ticket))),
        Column::text(words(|locale| td_string!(locale, sittings.my_name))),
        Column::text(words(|locale| td_string!(locale, sittings.watch_started_at))),
        Column::number(words(|locale| td_string!(locale, sittings.trace_agreeing))),
        Column::number(words(|locale| td_string!(locale, sittings.trace_certainty))),
    ];
    let rows: Vec<_> = candidates.into_iter().map(|candidate| (candidate, clues)).collect();
    view! {
        <Table
            caption=words(|locale| td_string!(locale, sittings.trace_candidates))
            columns
            rows=Signal::stored(rows)
            key=|(candidate, _)| candidate.ticket_number.clone()
            row
        />
        <p class="hint">{t!(i18n, sittings.trace_certainty_means)}</p>
    }
}

fn row((candidate, clues): (TracedCandidate, u16)) -> impl IntoView {
    let i18n = use_i18n();
    let TracedCandidate { ticket_number, candidate_name, started_at, certainty_ppm, agreeing } = candidate;
    let name = move || candidate_name.clone().unwrap_or_else(|| t_string!(i18n, sittings.trace_no_name).to_owned());
    let came = move || match started_at {
        Some(at) => when::date_time(i18n.get_locale(), at),
        None => t_string!(i18n, sittings.watch_not_yet).to_owned(),
    };
    view! {
        <th scope="row" class="num">{ticket_number}</th>
        <td>{name}</td>
        <td class="num">{came}</td>
        <td class="n">{format!("{agreeing} / {clues}")}</td>
        <td class="n">{percent(certainty_ppm)}</td>
    }
}

const fn tone(verdict: TraceVerdict) -> Tone {
    match verdict {
        TraceVerdict::OneFits => Tone::Ok,
        TraceVerdict::NobodyFits | TraceVerdict::Undecided => Tone::Wait,
    }
}

fn verdict_text(locale: Locale, verdict: TraceVerdict) -> &'static str {
    match verdict {
        TraceVerdict::OneFits => td_string!(locale, sittings.trace_one_fits),
        TraceVerdict::NobodyFits => td_string!(locale, sittings.trace_nobody_fits),
        TraceVerdict::Undecided => td_string!(locale, sittings.trace_undecided),
    }
}

/// Parts in a million as per cent, rounded down: nobody is ever certain.
fn percent(ppm: u32) -> String {
    format!("{}.{:02}%", ppm / 10_000, ppm % 10_000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded_up_to_certainty() {
        for (ppm, text) in [(999_999, "99.99%"), (990_000, "99.00%"), (500_049, "50.00%"), (100, "0.01%")] {
            assert_eq!(percent(ppm), text);
        }
    }
}
