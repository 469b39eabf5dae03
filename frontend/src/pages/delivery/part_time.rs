//! The time of a part of the paper: what is left of it, and that it is over.

use super::player::Exam;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Timer,
};
use leptos::prelude::*;

/// What is left of the part that the candidate works on, if it closes before the end.
#[component]
pub(super) fn PartTime(
    /// The sitting.
    exam: Exam,
) -> impl IntoView {
    let i18n = use_i18n();
    let left_s = Memo::new(move |_| exam.driver().part_left_s(exam.current()));
    let is_timed = Memo::new(move |_| left_s.with(Option::is_some));
    view! {
        <Show when=move || is_timed.get()>
            <p class="muted small">
                {t!(i18n, delivery.part_time_left)} " "
                <Timer
                    left_s=Signal::derive(move || left_s.get().unwrap_or_default())
                    label=Signal::derive(move || t_string!(i18n, delivery.part_time_left).to_owned())
                    is_named=true
                />
            </p>
        </Show>
    }
}

/// Which parts are closed, and which of them closed last while the page was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closed {
    parts: usize,
    told: Option<usize>,
}

impl Closed {
    /// What was closed when the page came is no news, and what is open again is none any more.
    fn after(before: Option<&Self>, parts: usize) -> Self {
        let told = match before {
            Some(before) if before.parts == parts => before.told,
            Some(before) if before.parts < parts => Some(parts),
            _ => None,
        };
        Self { parts, told }
    }
}

/// Tells that the time of a part is over, to who sees the page and to who hears it.
#[component]
pub(super) fn PartClosed(
    /// The sitting.
    exam: Exam,
) -> impl IntoView {
    let i18n = use_i18n();
    let closed = Memo::new(move |before: Option<&Closed>| Closed::after(before, exam.driver().closed_parts()));
    let words = move || closed.get().told.map(|number| t_string!(i18n, delivery.part_closed, number = number));
    view! {
        <div class="exam-news stack" role="status">
            {move || words().map(|words| view! { <p class="notice wait">{words}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_closes_is_told_until_another_does_or_time_is_given_back() {
        let mut told = Vec::new();
        let mut before = None::<Closed>;
        for parts in [1, 1, 2, 2, 1, 2] {
            let now = Closed::after(before.as_ref(), parts);
            told.push(now.told);
            before = Some(now);
        }
        assert_eq!(told, [None, None, Some(2), Some(2), None, Some(2)]);
    }
}
