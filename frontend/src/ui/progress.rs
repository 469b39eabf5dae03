//! How far something is.

use leptos::prelude::*;

/// A ring that closes as something is completed. Its centre shows what stands inside the tags.
#[component]
pub fn ProgressRing(
    /// Percent, 0 to 100.
    #[prop(into)]
    percent: Signal<u8>,
    /// What it measures, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The centre; the percentage if there is nothing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let percent = Memo::new(move |_| percent.get().min(100));
    let centre = match children {
        Some(children) => children().into_any(),
        None => (move || format!("{}%", percent.get())).into_any(),
    };
    view! {
        <div
            class="ring"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().to_string()
        >
            <svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
                <circle class="track" cx="18" cy="18" r="15.5" />
                <circle
                    class="done"
                    class:none=move || percent.get() == 0
                    cx="18"
                    cy="18"
                    r="15.5"
                    pathLength="100"
                    stroke-dasharray=move || format!("{} 100", percent.get())
                />
            </svg>
            <b class="num">{centre}</b>
        </div>
    }
}

/// A line that fills.
#[component]
pub fn ProgressBar(
    /// Percent, 0 to 100.
    #[prop(into)]
    percent: Signal<u8>,
    /// What it measures, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let value = move || percent.get().min(100).to_string();
    view! { <progress class="bar" max="100" prop:value=value aria-label=move || label.get()></progress> }
}
