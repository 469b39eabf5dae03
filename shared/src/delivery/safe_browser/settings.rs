//! The settings of SEB: the file that it opens (a property list in XML), and the Config Key that follows from them.
//!
//! Source: `SafeExamBrowser`'s developer documentation, "Config Key" and "File Format".

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write};

/// Where the file of settings is fetched; the site's address stands before it.
pub const SAFE_BROWSER_CONFIG: &str = "/api/v1/safe_browser_config";

/// Where SEB begins: the learner's own tests, from which each sitting is entered.
const START: &str = "/exams";
/// Tells by which version a file was written; no part of the key.
const ORIGINATOR: &str = "originatorVersion";
/// The file begins and ends so.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
     \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n";
const TAIL: &str = "</plist>\n";

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowserSetting {
    /// On or off.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Data(Vec<u8>),
    /// Values in their order.
    List(Vec<BrowserSetting>),
    /// Further settings.
    Dict(BrowserSettings),
}

/// Settings by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserSettings(BTreeMap<String, BrowserSetting>);

impl<N: Into<String>> FromIterator<(N, BrowserSetting)> for BrowserSettings {
    fn from_iter<I: IntoIterator<Item = (N, BrowserSetting)>>(named: I) -> Self {
        Self(named.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl BrowserSettings {
    /// The Config Key: SHA-256 in hex of the settings as SEB-JSON, which has the names in an order that knows no upper and
    /// lower case, no white space and no escapes, and leaves out what is empty and by which version it was written.
    #[must_use]
    pub fn config_key(&self) -> String {
        let mut json = String::new();
        self.write_json(&mut json);
        hex::encode(Sha256::digest(json))
    }

    /// The file that SEB opens.
    #[must_use]
    pub fn plist(&self) -> String {
        let mut xml = String::from(HEAD);
        self.write_xml(&mut xml);
        xml.push_str(TAIL);
        xml
    }

    fn write_json(&self, json: &mut String) {
        let is_told =
            |(name, value): &(&String, &BrowserSetting)| name.as_str() != ORIGINATOR && !value.is_empty_dict();
        let mut told: Vec<(&String, &BrowserSetting)> = self.0.iter().filter(is_told).collect();
        told.sort_by_key(|(name, _)| name.to_lowercase());
        json.push('{');
        for (place, (name, value)) in told.into_iter().enumerate() {
            if place > 0 {
                json.push(',');
            }
            write_text(json, name);
            json.push(':');
            value.write_json(json);
        }
        json.push('}');
    }

    fn write_xml(&self, xml: &mut String) {
        xml.push_str("<dict>\n");
        for (name, value) in &self.0 {
            write_element(xml, "key", &escaped(name));
            value.write_xml(xml);
        }
        xml.push_str("</dict>\n");
    }
}

impl BrowserSetting {
    fn is_empty_dict(&self) -> bool {
        matches!(self, Self::Dict(settings) if settings.0.is_empty())
    }

    fn write_json(&self, json: &mut String) {
        match self {
            Self::Flag(is_on) => json.push_str(if *is_on { "true" } else { "false" }),
            Self::Number(number) => write_number(json, *number),
            Self::Text(text) => write_text(json, text),
            Self::Data(bytes) => write_text(json, &STANDARD.encode(bytes)),
            Self::List(values) => {
                json.push('[');
                for (place, value) in values.iter().enumerate() {
                    if place > 0 {
                        json.push(',');
                    }
                    value.write_json(json);
                }
                json.push(']');
            }
            Self::Dict(settings) => settings.write_json(json),
        }
    }

    fn write_xml(&self, xml: &mut String) {
        match self {
            Self::Flag(is_on) => xml.push_str(if *is_on { "<true/>\n" } else { "<false/>\n" }),
            Self::Number(number) => write_element(xml, "integer", &number.to_string()),
            Self::Text(text) => write_element(xml, "string", &escaped(text)),
            Self::Data(bytes) => write_element(xml, "data", &STANDARD.encode(bytes)),
            Self::List(values) => {
                xml.push_str("<array>\n");
                values.iter().for_each(|value| value.write_xml(xml));
                xml.push_str("</array>\n");
            }
            Self::Dict(settings) => settings.write_xml(xml),
        }
    }
}

/// SEB escapes nothing.
fn write_text(json: &mut String, text: &str) {
    json.push('"');
    json.push_str(text);
    json.push('"');
}

fn write_number(json: &mut String, number: i64) {
    // Writing to a string never fails.
    _ = write!(json, "{number}");
}

fn write_element(xml: &mut String, name: &str, content: &str) {
    _ = writeln!(xml, "<{name}>{content}</{name}>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The settings by which SEB opens the tests of the installation that the world reaches at `origin`: it begins at the
/// learner's tests, goes nowhere else, and keeps what a device has not sent yet. The same for every test, so that a Browser
/// Exam Key has to be found once for each version of SEB. Nothing in it is secret.
#[must_use]
pub fn exam_settings(origin: &str) -> BrowserSettings {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let start = format!("{origin}{START}");
    let on = |name| (name, BrowserSetting::Flag(true));
    let off = |name| (name, BrowserSetting::Flag(false));
    let ours: BrowserSettings = [
        on("active"),
        off("regex"),
        ("expression", BrowserSetting::Text(format!("{host}/*"))),
        ("action", BrowserSetting::Number(1)),
    ]
    .into_iter()
    .collect();
    [
        // It starts a test, and does not configure the device for good.
        ("sebConfigPurpose", BrowserSetting::Number(0)),
        ("examKeySalt", BrowserSetting::Data(Sha256::digest(&start).to_vec())),
        ("startURL", BrowserSetting::Text(start)),
        on("sendBrowserExamKey"),
        // The newest web view, which tells the keys to the page.
        ("browserWindowWebView", BrowserSetting::Number(3)),
        on("URLFilterEnable"),
        off("URLFilterEnableContentFilter"),
        ("URLFilterRules", BrowserSetting::List(vec![BrowserSetting::Dict(ours)])),
        // Other windows are blocked.
        ("newBrowserWindowByLinkPolicy", BrowserSetting::Number(0)),
        ("newBrowserWindowByScriptPolicy", BrowserSetting::Number(0)),
        // Answers that cannot be sent leave as a file (ADR 39), and tickets and receipts are PDFs.
        on("allowDownUploads"),
        on("allowQuit"),
        on("browserWindowAllowReload"),
        on("showReloadButton"),
        off("allowDictionaryLookup"),
        off("allowPreferencesWindow"),
        off("allowScreenSharing"),
        off("allowSpellCheck"),
        off("allowSwitchToApplications"),
        off("allowVirtualMachine"),
        off("removeBrowserProfile"),
        off("removeLocalStorage"),
    ]
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// Settings that SEB 2.1.4 for macOS wrote, and the key that it showed of them, as they are published with Moodle's
    /// access rule for SEB.
    const PUBLISHED: &str = include_str!("published.json");
    const PUBLISHED_KEY: &str = "4fa9af8ec8759eb7c680752ef4ee5eaf1a860628608fccae2715d519849f9292";

    fn of_json(value: Value) -> BrowserSetting {
        match value {
            Value::Bool(is_on) => BrowserSetting::Flag(is_on),
            Value::Number(number) => BrowserSetting::Number(number.as_i64().unwrap()),
            Value::String(text) => BrowserSetting::Text(text),
            Value::Array(values) => BrowserSetting::List(values.into_iter().map(of_json).collect()),
            Value::Object(named) => {
                BrowserSetting::Dict(named.into_iter().map(|(name, value)| (name, of_json(value))).collect())
            }
            Value::Null => unreachable!("a property list holds no null"),
        }
    }

    fn published() -> BrowserSettings {
        match of_json(serde_json::from_str(PUBLISHED).unwrap()) {
            BrowserSetting::Dict(settings) => settings,
            other => unreachable!("{other:?}"),
        }
    }

    fn json(settings: &BrowserSettings) -> String {
        let mut json = String::new();
        settings.write_json(&mut json);
        json
    }

    #[test]
    fn the_key_of_published_settings_is_the_published_one() {
        let mut settings = published();
        assert_eq!(settings.config_key(), PUBLISHED_KEY);
        assert!(settings.0.remove(ORIGINATOR).is_some());
        settings.0.insert("nothing".to_owned(), BrowserSetting::Dict(BrowserSettings::default()));
        assert_eq!(settings.config_key(), PUBLISHED_KEY, "neither counts");
        settings.0.insert("startURL".to_owned(), BrowserSetting::Text("https://other.example".to_owned()));
        assert_ne!(settings.config_key(), PUBLISHED_KEY);
    }

    #[test]
    fn seb_json_is_written_as_its_authors_say() {
        let settings: BrowserSettings = [
            ("b", BrowserSetting::Data(vec![0, 255])),
            ("URL", BrowserSetting::Text("ws:\\localhost".to_owned())),
            ("A", BrowserSetting::List(vec![BrowserSetting::Number(-1), BrowserSetting::Flag(true)])),
            ("c", BrowserSetting::Dict(BrowserSettings::default())),
        ]
        .into_iter()
        .collect();
        assert_eq!(json(&settings), r#"{"A":[-1,true],"b":"AP8=","URL":"ws:\localhost"}"#);
    }

    #[test]
    fn the_file_leads_to_our_site_alone_and_holds_no_key() {
        let settings = exam_settings("https://chengxi.example:8443");
        let file = settings.plist();
        assert!(file.contains("<key>startURL</key>\n<string>https://chengxi.example:8443/exams</string>\n"), "{file}");
        assert!(file.contains("<string>chengxi.example:8443/*</string>"), "{file}");
        assert!(file.contains("<key>sendBrowserExamKey</key>\n<true/>"), "{file}");
        assert!(file.contains("<key>allowDownUploads</key>\n<true/>"), "the file of answers leaves: {file}");
        assert!(!file.contains(&settings.config_key()), "{file}");
        assert_ne!(settings.config_key(), exam_settings("https://other.example").config_key());
    }

    proptest! {
        #[test]
        fn what_is_written_in_a_file_can_be_read(text in "[ -~]{0,40}") {
            let named: BrowserSettings = [("t".to_owned(), BrowserSetting::Text(text.clone()))].into_iter().collect();
            let file = named.plist();
            let written = file.split("<string>").nth(1).and_then(|rest| rest.split("</string>").next()).unwrap();
            let read = written.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(read, text);
        }
    }
}
