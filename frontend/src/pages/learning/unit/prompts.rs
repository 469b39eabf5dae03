//! 讨论题: what the authors of a unit ask to be discussed. The class talks about it once a teacher has opened it.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    ui::Card,
};
use leptos::prelude::*;
use shared::learning::ActivityView;

/// All questions of a unit, if there are any.
#[component]
pub(super) fn Prompts(
    /// What is done in the unit beside its text.
    activities: Vec<ActivityView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let prompts: Vec<_> = activities.into_iter().filter_map(prompt).collect();
    let one = |(title, prompt): (String, String)| {
        view! {
            <h3>{title}</h3>
            <p class="own-words">{prompt}</p>
        }
    };
    (!prompts.is_empty()).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, learning.prompts))>
                {prompts.into_iter().map(one).collect_view()}
                <p class="muted small">{t!(i18n, learning.prompts_about)}</p>
            </Card>
        }
    })
}

/// Title and words of a question; `None` if the activity is none.
fn prompt(activity: ActivityView) -> Option<(String, String)> {
    let prompt = activity.body.discussion()?.to_owned();
    Some((activity.title, prompt))
}
