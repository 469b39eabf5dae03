//! Adds video or sound to a lesson.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::pictures::insert,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
        file,
        still::still_of,
    },
    ui::{Button, DeedFailure, Field, Notice, TextArea, TextInput, Toasts, Tone, focus_on},
};
use leptos::{html, prelude::*};
use shared::media::{
    PictureView,
    recording::{RecordingLimits, RecordingView, ShownRecording, data_size, recording_at},
};
use web_sys::{File, HtmlInputElement};

/// What can be chosen.
const RECORDINGS: &str = "video/mp4,video/webm,audio/mpeg,audio/mp4,audio/x-m4a,audio/ogg,.m4a";
const PICTURES: &str = "image/jpeg,image/png,image/webp";

/// What stands in the form.
#[derive(Clone, Copy)]
struct Form {
    file: NodeRef<html::Input>,
    poster: NodeRef<html::Input>,
    words: RwSignal<String>,
    transcript: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self { file: NodeRef::new(), poster: NodeRef::new(), words: text(), transcript: text() }
    }

    fn forget(self) {
        for chosen in [self.file, self.poster] {
            if let Some(input) = chosen.get_untracked() {
                input.set_value("");
            }
        }
        self.words.set(String::new());
        self.transcript.set(String::new());
    }

    /// The lines that show the recording, and what is said in it.
    fn lines(self, address: &str, heading: &str) -> String {
        let words = self.words.with_untracked(|words| words.trim().replace(['[', ']'], ""));
        let transcript = self.transcript.with_untracked(|transcript| transcript.trim().to_owned());
        let shown = format!("\n\n![{words}]({address})\n\n");
        if transcript.is_empty() {
            return shown;
        }
        format!("{shown}<details><summary>{heading}</summary>\n\n{transcript}\n\n</details>\n\n")
    }
}

fn chosen(input: NodeRef<html::Input>) -> Option<File> {
    input.get_untracked().and_then(|input: HtmlInputElement| file::chosen(&input))
}

/// How large a file may be, as far as the browser knows what it is.
fn limit(file: &File, limits: RecordingLimits) -> u64 {
    if file.type_().starts_with("audio/") { limits.sound_bytes } else { limits.video_bytes }
}

/// Sends a recording, and the picture that stands for it: the one that was chosen, else one out of the video. Of a
/// chosen one it is known first whether it can stand there; without one out of the video the recording stands alone.
async fn send(actor: Actor, file: File, poster: Option<File>) -> Outcome<(RecordingView, Option<PictureView>)> {
    let chosen = match poster {
        Some(poster) => Some(client::post_file(actor, "/pictures", poster).await?),
        None => None,
    };
    let recording: RecordingView = client::post_file(actor, "/recordings", file.clone()).await?;
    let poster = match chosen {
        _ if !recording.is_video => None,
        None => still(actor, &file).await,
        chosen => chosen,
    };
    Ok((recording, poster))
}

/// A picture out of a video, if there is one and it arrives.
async fn still(actor: Actor, file: &File) -> Option<PictureView> {
    client::post_file(actor, "/pictures", still_of(file).await?).await.ok()
}

/// How a lesson addresses a recording with its poster.
fn address(recording: &RecordingView, poster: Option<PictureView>) -> String {
    let poster = poster.map(|picture| picture.sha256);
    let shown = recording_at(&recording.path).map(|shown| ShownRecording { poster, ..shown });
    shown.map_or_else(|| recording.path.clone(), |shown| shown.address())
}

/// Chooses a file, says what it is about and what is said in it; the player then stands where the cursor was.
#[component]
pub(super) fn AddRecording(
    /// The text.
    markdown: RwSignal<String>,
    /// Id of the text area that shows it.
    area: &'static str,
    /// How large it may be.
    limits: RecordingLimits,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (deed, form) = (Deed::new(), Form::new());
    let (no_file, too_large, no_words) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(false));
    let lost_subtitles = RwSignal::new(false);
    let added = move |(recording, poster): (RecordingView, Option<PictureView>)| {
        let address = address(&recording, poster);
        insert(markdown, area, &form.lines(&address, t_string!(i18n, learning.recording_transcript)));
        form.forget();
        lost_subtitles.set(recording.lost_subtitles);
        let size = data_size(recording.bytes);
        if recording.begins_late {
            toasts.warn(t_string!(i18n, learning.recording_added_late, size = size));
        } else {
            toasts.done(t_string!(i18n, learning.recording_added, size = size));
        }
    };
    let add = move |()| {
        let file = chosen(form.file);
        let most = file.as_ref().map_or(u64::MAX, |file| limit(file, limits));
        let is_large = file.as_ref().is_some_and(|file| file.size() > most as f64);
        no_file.set(file.is_none());
        too_large.set(is_large.then_some(most));
        no_words.set(form.words.with_untracked(|words| words.trim().is_empty()));
        let Some(file) = file.filter(|_| !is_large) else { return focus_on("#recording_file") };
        if no_words.get_untracked() {
            return focus_on("#recording_words");
        }
        lost_subtitles.set(false);
        deed.run(send(actor, file, chosen(form.poster)), added);
    };
    let file_error = Signal::derive(move || match too_large.get() {
        _ if no_file.get() => t_string!(i18n, common.required).to_owned(),
        Some(most) => t_string!(i18n, learning.recording_too_large, most = data_size(most)),
        None => deed.field("/recording").get(),
    });
    let words_error = Signal::derive(move || match no_words.get() {
        true => t_string!(i18n, common.required).to_owned(),
        false => String::new(),
    });
    view! {
        <details class="stack">
            <summary>{t!(i18n, learning.recording_add)}</summary>
            <Files form limits file_error poster_error=deed.field("/picture") />
            <Words form error=words_error />
            <DeedFailure deed />
            <div role="status">
                {move || lost_subtitles.get().then(|| view! {
                    <Notice tone=Tone::Wait>{t!(i18n, learning.recording_lost_subtitles)}</Notice>
                })}
            </div>
            <Button is_busy=deed.is_busy() on_press=add>{t!(i18n, learning.recording_add)}</Button>
        </details>
    }
}

/// The recording and its poster.
#[component]
fn Files(
    form: Form,
    limits: RecordingLimits,
    file_error: Signal<String>,
    poster_error: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let about = move || {
        let (video, sound) = (data_size(limits.video_bytes), data_size(limits.sound_bytes));
        t_string!(i18n, learning.recording_about, video = video, sound = sound)
    };
    view! {
        <Field
            id="recording_file"
            label=Signal::derive(move || t_string!(i18n, learning.recording_file).to_owned())
            hint=Signal::derive(about)
            error=file_error
        >
            <input id="recording_file" node_ref=form.file type="file" accept=RECORDINGS />
        </Field>
        <Field
            id="recording_poster"
            label=Signal::derive(move || t_string!(i18n, learning.recording_poster).to_owned())
            hint=Signal::derive(move || t_string!(i18n, learning.recording_poster_about).to_owned())
            error=poster_error
        >
            <input id="recording_poster" node_ref=form.poster type="file" accept=PICTURES />
        </Field>
    }
}

/// What it is about, and what is said in it.
#[component]
fn Words(form: Form, error: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            id="recording_words"
            label=Signal::derive(move || t_string!(i18n, learning.recording_words).to_owned())
            hint=Signal::derive(move || t_string!(i18n, learning.recording_words_about).to_owned())
            error
        >
            <TextInput value=form.words />
        </Field>
        <Field
            id="recording_transcript"
            label=Signal::derive(move || t_string!(i18n, learning.recording_transcript).to_owned())
            hint=Signal::derive(move || t_string!(i18n, learning.recording_transcript_about).to_owned())
        >
            <TextArea value=form.transcript rows=6 />
        </Field>
    }
}
