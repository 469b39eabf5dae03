//! Reading aloud, where the browser has a voice for it.

use js_sys::Reflect;
use leptos::{prelude::window, wasm_bindgen::JsCast};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Where a sentence ends: browsers cut off what is spoken in one long go.
const ENDS: [char; 4] = ['。', '！', '？', '；'];

/// Whether there is a voice that speaks standard Chinese. Some browsers know their voices only after a while.
pub fn has_voice() -> bool {
    speech().is_some_and(|speech| voice(&speech).is_some())
}

/// Says these texts one after the other, in the place of whatever is being said.
pub fn say(texts: &[String]) {
    let Some(speech) = speech() else { return };
    let Some(voice) = voice(&speech) else { return };
    speech.cancel();
    for text in texts {
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else { return };
        utterance.set_lang(&voice.lang());
        utterance.set_voice(Some(&voice));
        speech.speak(&utterance);
    }
}

/// Whether something is being said, or is about to be.
pub fn is_speaking() -> bool {
    speech().is_some_and(|speech| speech.speaking() || speech.pending())
}

/// Says nothing more.
pub fn stop() {
    if let Some(speech) = speech() {
        speech.cancel();
    }
}

/// A text in pieces of a sentence each.
pub fn sentences(text: &str) -> Vec<String> {
    let lines = text.lines().flat_map(|line| line.split_inclusive(ENDS));
    lines.map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

fn speech() -> Option<SpeechSynthesis> {
    let window = window();
    let is_known = Reflect::has(&window, &"speechSynthesis".into()).unwrap_or(false);
    is_known.then(|| window.speech_synthesis().ok()).flatten()
}

/// The voice that speaks Chinese best.
fn voice(speech: &SpeechSynthesis) -> Option<SpeechSynthesisVoice> {
    let voices = speech.get_voices();
    let voices = voices.iter().map(|voice| voice.unchecked_into::<SpeechSynthesisVoice>());
    let ranked = voices.filter_map(|voice| Some((rank(&voice.lang())?, voice)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, voice)| voice)
}

/// How well a voice of this language suits, the best first; none that speaks Cantonese or no Chinese at all.
fn rank(language: &str) -> Option<u8> {
    let language = language.to_lowercase().replace('_', "-");
    let begins = |names: &[&str]| names.iter().any(|name| language.starts_with(name));
    if begins(&["zh-hk", "zh-yue", "yue"]) {
        None
    } else if begins(&["zh-cn", "zh-hans", "cmn-cn", "cmn-hans"]) || language == "zh" {
        Some(0)
    } else {
        begins(&["zh-", "cmn"]).then_some(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_spoken_sentence_by_sentence() {
        let text = "读准字音\n\n 应届的应读 yīng。模具的模读 mú！\n- 友谊";
        assert_eq!(sentences(text), ["读准字音", "应届的应读 yīng。", "模具的模读 mú！", "- 友谊"]);
        assert_eq!(sentences(" \n "), Vec::<String>::new());
    }

    #[test]
    fn a_voice_of_the_mainland_is_best_and_cantonese_is_none() {
        assert_eq!(["zh-CN", "zh_CN", "cmn-Hans-CN", "zh"].map(rank), [Some(0); 4]);
        assert_eq!(["zh-TW", "cmn-TW"].map(rank), [Some(1); 2]);
        assert_eq!(["zh-HK", "yue-HK", "en-US", ""].map(rank), [None; 4]);
    }
}
