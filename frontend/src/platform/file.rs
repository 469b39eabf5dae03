//! Files: saved by the browser, or chosen by the reader.

use leptos::prelude::{document, set_timeout};
use shared::item_bank::encodings_of;
use std::{sync::Arc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, File, HtmlAnchorElement, HtmlInputElement, TextDecoder, TextDecoderOptions, Url,
};

/// How long a slow browser may take to fetch what it saves.
const FETCHED_WITHIN: Duration = Duration::from_secs(30);

/// Hands a text to the browser as a file of this name.
pub fn save(name: &str, kind: &str, text: &str) {
    hand_over(name, kind, &JsValue::from_str(text));
}

/// Hands bytes to the browser as a file of this name.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) {
    hand_over(name, kind, &js_sys::Uint8Array::from(bytes));
}

fn hand_over(name: &str, kind: &str, content: &JsValue) {
    // A browser that cannot make a file shows nothing: there is nothing else to offer.
    drop(try_hand_over(name, kind, content));
}

fn try_hand_over(name: &str, kind: &str, content: &JsValue) -> Result<(), JsValue> {
    let address = address_of(content, kind)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    set_timeout(move || drop(Url::revoke_object_url(&address)), FETCHED_WITHIN);
    Ok(())
}

/// Bytes that the page shows, such as a photo. They are dropped with the last clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown(Arc<Address>);

#[derive(Debug, PartialEq)]
struct Address(String);

impl Drop for Address {
    fn drop(&mut self) {
        drop(Url::revoke_object_url(&self.0));
    }
}

impl Shown {
    /// Makes bytes of this kind available to the page. A browser that cannot shows nothing.
    pub fn new(bytes: &[u8], kind: &str) -> Self {
        Self::of(&js_sys::Uint8Array::from(bytes), kind)
    }

    /// The same of bytes that the browser has.
    pub fn of(content: &JsValue, kind: &str) -> Self {
        Self(Arc::new(Address(address_of(content, kind).unwrap_or_default())))
    }

    /// Where the page finds them.
    pub fn address(&self) -> String {
        self.0.0.clone()
    }
}

fn address_of(content: &JsValue, kind: &str) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(content), &options)?;
    Url::create_object_url_with_blob(&blob)
}

/// The text of the file that was chosen, in whatever it was written; `None` if none was, or it is no text.
pub async fn chosen_text(input: &HtmlInputElement) -> Option<String> {
    let bytes = chosen_bytes(input).await?;
    encodings_of(&bytes.to_vec()).iter().find_map(|name| decoded(&bytes, name))
}

fn decoded(bytes: &js_sys::Uint8Array, encoding: &str) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(encoding, &options).ok()?;
    decoder.decode_with_js_u8_array(bytes).ok()
}

/// The bytes of the file that was chosen; `None` if none was, or it cannot be read.
pub async fn chosen_bytes(input: &HtmlInputElement) -> Option<js_sys::Uint8Array> {
    bytes_of(&chosen(input)?).await
}

/// What is in a file; `None` if it cannot be read.
pub async fn bytes_of(file: &File) -> Option<js_sys::Uint8Array> {
    let content = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&content))
}

/// The file that was chosen.
pub fn chosen(input: &HtmlInputElement) -> Option<File> {
    input.files()?.get(0)
}

/// Chooses in an input the one file that was dragged to it; whether it was one.
pub fn choose_dropped(input: &HtmlInputElement, event: &DragEvent) -> bool {
    let files = event.data_transfer().and_then(|transfer| transfer.files()).filter(|files| files.length() == 1);
    if files.is_some() {
        input.set_files(files.as_ref());
    }
    files.is_some()
}

/// The size of the file that was chosen, in bytes; `None` if none was.
pub fn chosen_size(input: &HtmlInputElement) -> Option<f64> {
    Some(input.files()?.get(0)?.size())
}
