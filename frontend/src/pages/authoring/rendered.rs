//! A lesson as learners will see it.

use crate::{
    i18n::{t_string, use_i18n},
    platform::{actor::Actor, client},
    ui::AsyncView,
};
use leptos::prelude::*;
use shared::learning::{MarkdownSource, RenderedMarkdown};

/// Draws a lesson that does not change.
#[component]
pub(super) fn Rendered(
    /// The lesson.
    markdown: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let rendered = LocalResource::new(move || {
        let source = MarkdownSource { markdown: markdown.clone() };
        async move { client::post::<_, RenderedMarkdown>(actor, "/markdown_previews", &source).await }
    });
    view! {
        <AsyncView resource=rendered let:rendered>
            <div
                class="preview prose"
                role="region"
                tabindex="0"
                aria-label=move || t_string!(i18n, learning.author_preview)
                inner_html=rendered.html
            ></div>
        </AsyncView>
    }
}
