//! Time that runs out, shown each second and spoken only as it reaches thresholds.

use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;

/// Minutes at which the time left is spoken, ascending.
const SPEAK_AT: [i64; 3] = [1, 5, 15];

/// The time left. It owns no clock: whoever does passes the seconds.
#[component]
pub fn Timer(
    /// Seconds left; below zero counts as none.
    #[prop(into)]
    left_s: Signal<i64>,
    /// What runs out, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Whether that is spoken with the time left: beside another timer it is not plain which one speaks.
    #[prop(optional)]
    is_named: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let spoken = Memo::new(move |before: Option<&Spoken>| Spoken::after(before, left_s.get()));
    let words = move || {
        let minutes = spoken.get().minutes?;
        let left = t_string!(i18n, common.minutes_left, minutes = minutes);
        Some(if is_named { format!("{} {left}", label.get()) } else { left })
    };
    view! {
        <span class="timer num" class:is-urgent=move || spoken.get().threshold == Some(SPEAK_AT[0])>
            <span role="timer" aria-live="off" aria-label=move || label.get()>
                <time>{move || clock_face(left_s.get())}</time>
            </span>
            <span class="visually-hidden" aria-live="polite">{words}</span>
        </span>
    }
}

/// What stands in the region that is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spoken {
    /// The lowest threshold that the time left has reached, in minutes.
    threshold: Option<i64>,
    /// The minutes that were left when it was reached; none if that was before the timer was shown, or if time was
    /// given since: whoever reads the page later would hear what is not so.
    minutes: Option<i64>,
}

impl Spoken {
    fn after(before: Option<&Self>, left_s: i64) -> Self {
        let threshold = SPEAK_AT.into_iter().find(|minutes| left_s <= minutes * 60);
        let Some(before) = before else { return Self { threshold, minutes: None } };
        if before.threshold == threshold {
            return *before;
        }
        let is_reached = threshold.is_some_and(|now| before.threshold.is_none_or(|then| now < then));
        // A device that slept has passed it by.
        let minutes = (left_s.max(0) + 59) / 60;
        Self { threshold, minutes: (is_reached && minutes > 0).then_some(minutes) }
    }
}

/// `h:mm:ss`, or `mm:ss` below an hour.
fn clock_face(left_s: i64) -> String {
    let left = left_s.max(0);
    let (hours, minutes, seconds) = (left / 3_600, left / 60 % 60, left % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was heard while the time left went through these seconds.
    fn heard(seconds: impl IntoIterator<Item = i64>) -> Vec<i64> {
        let (mut heard, mut before) = (Vec::new(), None::<Spoken>);
        for left_s in seconds {
            let now = Spoken::after(before.as_ref(), left_s);
            if before != Some(now) {
                heard.extend(now.minutes);
            }
            before = Some(now);
        }
        heard
    }

    #[test]
    fn it_speaks_at_its_thresholds_and_at_no_other_second() {
        assert_eq!(heard((0..=16 * 60).rev()), [15, 5, 1]);
    }

    #[test]
    fn who_comes_late_is_not_told_of_a_threshold_that_has_passed() {
        assert_eq!(heard((301..=600).rev()), [] as [i64; 0]);
        assert_eq!(heard((240..=600).rev()), [5]);
    }

    #[test]
    fn a_device_that_slept_says_what_is_left_and_nothing_when_time_is_up() {
        assert_eq!(heard([1_000, 181]), [4]);
        assert_eq!(heard([1_000, 0, -1]), [] as [i64; 0]);
    }

    #[test]
    fn time_that_is_given_is_silent_and_the_threshold_is_spoken_again() {
        assert_eq!(heard([301, 300, 900, 901, 900, 300]), [5, 15, 5]);
        let given = Spoken::after(Some(&Spoken { threshold: Some(5), minutes: Some(5) }), 600);
        assert_eq!(given, Spoken { threshold: Some(15), minutes: None });
    }
}
