//! One unit: title, minutes, lesson with a live preview, exercises, activities.

use super::{
    activities::Activities,
    draft::{Draft, Place},
    exercises::Exercises,
    recording::AddRecording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::pictures::AddPicture,
    platform::{actor::Actor, client},
    ui::{Field, Notice, TextArea, TextInput, Tone},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{
    ids::UnitId,
    learning::{ActivityKind, HeavyLesson, MarkdownSource, RenderedMarkdown},
    media::recording::data_size,
};
use std::time::Duration;

/// Bytes of a kilobyte, as learners pay for them.
const KB: u64 = 1_000;
/// How long the author rests before the preview follows.
const REST: Duration = Duration::from_millis(400);

/// Edits the unit at a place.
#[component]
pub(super) fn UnitEditor(
    /// The draft.
    draft: Draft,
    /// Which unit.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let unit = draft.unit(place);
    let id = unit.as_ref().map(|unit| unit.id);
    let field = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
    let title = field(unit.as_ref().map(|unit| unit.title.clone()));
    let minutes = field(unit.as_ref().map(|unit| unit.minutes.to_string()));
    let body = field(unit.as_ref().map(|unit| unit.body.clone()));
    let write = move |_: &(), _: Option<&()>, _: Option<()>| {
        let (title, minutes, body) = (title.get_untracked(), minutes.get_untracked(), body.get_untracked());
        draft.change_unit(place, |unit| {
            unit.title = title;
            unit.minutes = minutes.trim().parse().unwrap_or_default();
            unit.body = body;
        });
    };
    Effect::watch(
        move || {
            title.track();
            minutes.track();
            body.track();
        },
        write,
        false,
    );
    view! {
        <section class="card stack" aria-label=move || t_string!(i18n, learning.author_unit)>
            <Field id="unit_title" label=Signal::derive(move || t_string!(i18n, learning.author_unit_title).to_owned())>
                <TextInput value=title />
            </Field>
            <Field
                id="unit_minutes"
                label=Signal::derive(move || t_string!(i18n, learning.author_unit_minutes).to_owned())
            >
                <TextInput value=minutes keyboard="numeric" />
            </Field>
            <div class="writing">
                <Field id="unit_body" label=Signal::derive(move || t_string!(i18n, learning.author_body).to_owned())>
                    <TextArea value=body rows=22 />
                </Field>
                <Preview markdown=body />
            </div>
            {id.map(|id| view! { <Heavy draft id /> })}
            <AddPicture markdown=body area="unit_body" />
            <AddRecording markdown=body area="unit_body" limits=draft.recording_limits />
            <Exercises draft place />
            <Activities draft place kind=ActivityKind::Assignment />
            <Activities draft place kind=ActivityKind::Discussion />
            <Activities draft place kind=ActivityKind::OfflineLesson />
            <Activities draft place kind=ActivityKind::External />
        </section>
    }
}

/// Says that a learner on a weak network would wait for this lesson.
#[component]
fn Heavy(draft: Draft, id: UnitId) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |HeavyLesson { bytes, recording_bytes, .. }: HeavyLesson| {
        if recording_bytes > 0 {
            let (all, recordings) = (data_size(bytes), data_size(recording_bytes));
            return t_string!(i18n, learning.author_heavy_recordings, all = all, recordings = recordings);
        }
        let kilobytes = bytes.div_ceil(KB);
        t_string!(i18n, learning.author_heavy, kilobytes = kilobytes)
    };
    view! {
        <div role="status">
            {move || draft.weight_of(id).map(|heavy| view! { <Notice tone=Tone::Wait>{words(heavy)}</Notice> })}
        </div>
    }
}

/// The lesson as learners will see it.
#[component]
fn Preview(markdown: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let html = RwSignal::new(String::new());
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        // The unit may be closed.
        let Some(markdown) = markdown.try_get_untracked() else { return };
        let source = MarkdownSource { markdown };
        spawn_local(async move {
            if let Ok(rendered) = client::post::<_, RenderedMarkdown>(actor, "/markdown_previews", &source).await {
                html.try_set(rendered.html);
            }
        });
    };
    Effect::new(move |_| {
        markdown.track();
        pending.update_value(|pending| {
            if let Some(earlier) = pending.take() {
                earlier.clear();
            }
            *pending = set_timeout_with_handle(ask, REST).ok();
        });
    });
    view! {
        <div class="field">
            <p><b>{t!(i18n, learning.author_preview)}</b></p>
            <div
                class="preview prose"
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, learning.author_preview)
                inner_html=move || html.get()
            ></div>
        </div>
    }
}
