use super::*;
use crate::{media::picture_path, problem::has_texts};
use proptest::prelude::*;

/// A file in memory.
struct Bytes<'a>(&'a [u8]);

impl Source for Bytes<'_> {
    type Error = ();

    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read(&mut self, at: u64, length: usize) -> Result<Vec<u8>, ()> {
        let from = usize::try_from(at).unwrap().min(self.0.len());
        Ok(self.0[from..self.0.len().min(from.saturating_add(length))].to_vec())
    }
}

fn look(file: &[u8]) -> Result<Recognised, RecordingFault> {
    recognise(&mut Bytes(file)).map_err(|error| match error {
        Unrecognised::Fault(fault) => fault,
        Unrecognised::Source(()) => unreachable!(),
    })
}

fn atom(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind.as_bytes(), &body].concat()
}

/// A track of this handler, coded so.
fn track(handler: &str, coding: &str) -> Vec<u8> {
    let named = atom("hdlr", &[&[0; 8], handler.as_bytes(), &[0; 13]]);
    let described = atom("stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &atom(coding, &[&[0; 28]])]);
    let table = atom("minf", &[&atom("stbl", &[&described])]);
    atom("trak", &[&atom("tkhd", &[&[0; 84]]), &atom("mdia", &[&named, &table])])
}

/// A file with these tracks, its index first.
fn mp4(tracks: &[Vec<u8>]) -> Vec<u8> {
    let index = atom("moov", &[&atom("mvhd", &[&[0; 100]]), &tracks.concat()]);
    [atom("ftyp", &[b"isom\0\0\x02\0isommp41"]), index, atom("mdat", &[&[7; 64]])].concat()
}

fn webm(doc_type: &str) -> Vec<u8> {
    let size = |length: usize| 0x80 | u8::try_from(length).unwrap();
    let named = [&[0x42, 0x82, size(doc_type.len())][..], doc_type.as_bytes()].concat();
    let head = [&[0x42, 0x86, 0x81, 1][..], &named].concat();
    let begin = [&[0x1a, 0x45, 0xdf, 0xa3, size(head.len())][..], &head].concat();
    [&begin[..], &[0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()
}

fn mp3() -> Vec<u8> {
    // MPEG-1 layer III, 128 kbit/s, 44,100 samples a second: 417 bytes a frame.
    let frame = [&[0xff, 0xfb, 0x90, 0x00][..], &[0; 413]].concat();
    [&b"ID3\x04\0\0\0\0\0\x05hello"[..], &frame.repeat(4)].concat()
}

fn ogg(packet: &[u8]) -> Vec<u8> {
    [&b"OggS"[..], &[0; 22], &[1, 19], packet, &[0; 11]].concat()
}

fn files() -> Vec<(Vec<u8>, RecordingKind)> {
    vec![
        (mp4(&[track("vide", "avc1"), track("soun", "mp4a")]), RecordingKind::Mp4),
        (mp4(&[track("soun", "mp4a")]), RecordingKind::M4a),
        (webm("webm"), RecordingKind::Webm),
        (mp3(), RecordingKind::Mp3),
        (ogg(b"OpusHead"), RecordingKind::Ogg),
        (ogg(b"\x01vorbis"), RecordingKind::Ogg),
    ]
}

#[test]
fn files_are_told_by_their_content() {
    for (file, kind) in files() {
        assert_eq!(look(&file), Ok(Recognised { kind, begins_late: false, has_subtitles: false, private: Vec::new() }));
    }
}

#[test]
fn what_not_every_phone_plays_is_refused_with_its_reason() {
    use RecordingFault as Fault;
    let whole = mp4(&[track("vide", "avc1")]);
    for (file, fault) in [
        (mp4(&[track("vide", "hvc1"), track("soun", "mp4a")]), Fault::VideoCodec),
        (mp4(&[track("vide", "avc1"), track("soun", "ac-3")]), Fault::SoundCodec),
        (mp4(&[track("text", "tx3g")]), Fault::NotARecording),
        ([&atom("ftyp", &[b"qt  \0\0\0\0"])[..], &whole].concat(), Fault::NotARecording),
        (whole[..whole.len() - 1].to_vec(), Fault::Broken),
        ([&whole[..], &atom("moov", &[&track("vide", "avc1")])].concat(), Fault::Broken),
        (atom("ftyp", &[b"isom"]), Fault::Broken),
        (webm("matroska"), Fault::NotARecording),
        (webm("webm")[..18].to_vec(), Fault::Broken),
        (ogg(b"Speex   "), Fault::SoundCodec),
        (b"%PDF-1.7".to_vec(), Fault::NotARecording),
        (Vec::new(), Fault::NotARecording),
    ] {
        assert_eq!(look(&file).unwrap_err(), fault, "{file:?}");
    }
}

#[test]
fn an_index_at_the_end_is_said() {
    let index = atom("moov", &[&track("vide", "avc1")]);
    let file = [atom("ftyp", &[b"isom\0\0\0\0"]), atom("mdat", &[&[7; 9]]), index].concat();
    assert!(look(&file).unwrap().begins_late);
}

#[test]
fn what_the_camera_wrote_is_found_where_it_stands() {
    let place = atom("udta", &[&atom("loci", &[b"+30.8+120.1/"])]);
    let mut told = track("vide", "avc1");
    told.extend(&place);
    let length = u32::try_from(told.len()).unwrap();
    told[..4].copy_from_slice(&length.to_be_bytes());
    let file = [mp4(&[told, place.clone()]), atom("meta", &[b"x"])].concat();
    let private = look(&file).unwrap().private;
    let found: Vec<_> = private.iter().map(|at| (at.header, at.bytes)).collect();
    assert_eq!(found, [(8, 9), (8, place.len() as u64), (8, place.len() as u64)]);
    for found in private {
        let kind = usize::try_from(found.at).unwrap() + 4;
        assert!([&b"udta"[..], b"meta"].contains(&&file[kind..kind + 4]));
    }
}

#[test]
fn a_track_that_is_neither_seen_nor_heard_is_emptied() {
    let mut places = track("meta", "gpmd");
    places.extend(atom("udta", &[b"x"]));
    let length = u32::try_from(places.len()).unwrap();
    places[..4].copy_from_slice(&length.to_be_bytes());
    let file = mp4(&[track("vide", "avc1"), places.clone(), track("soun", "mp4a")]);
    let found = look(&file).unwrap();
    let [private] = &found.private[..] else { panic!("{found:?}") };
    assert!(!found.has_subtitles, "nobody reads it");
    let at = usize::try_from(private.at).unwrap();
    assert_eq!((found.kind, private.header), (RecordingKind::Mp4, 8));
    assert_eq!(file[at..at + usize::try_from(private.bytes).unwrap()], places[..]);
}

#[test]
fn subtitles_are_emptied_and_that_is_said() {
    for (handler, coding) in [("sbtl", "tx3g"), ("subt", "stpp"), ("text", "text"), ("clcp", "c608")] {
        let found = look(&mp4(&[track("vide", "avc1"), track(handler, coding)])).unwrap();
        assert!(found.has_subtitles && found.private.len() == 1, "{handler}: {found:?}");
    }
    assert!(!look(&mp4(&[track("vide", "avc1"), track("soun", "mp4a")])).unwrap().has_subtitles);
}

#[test]
fn only_what_is_written_as_a_name_is_one() {
    let hash = "0123456789abcdef".repeat(4);
    for kind in RecordingKind::ALL {
        let name = RecordingName { sha256: hash.clone(), bytes: 7, kind };
        assert_eq!(RecordingName::parse(&name.to_string()), Some(name));
    }
    for text in ["", "x", &hash, &format!("{hash}-07.mp4"), &format!("{hash}-7.avi"), &format!("{hash}-+7.mp4")] {
        assert_eq!(RecordingName::parse(text), None, "{text}");
    }
}

#[test]
fn recordings_are_found_in_a_text_with_their_posters() {
    let hash = "0123456789abcdef".repeat(4);
    let name = RecordingName { sha256: hash.clone(), bytes: 12_345_678, kind: RecordingKind::Mp4 };
    let bare = ShownRecording { name: name.clone(), poster: None };
    let shown = ShownRecording { poster: Some(hash.clone()), ..bare.clone() };
    assert_eq!(shown.address(), format!("{}#{}", name.path(), picture_path(&hash)));
    assert_eq!(recording_at(&shown.address()), Some(shown.clone()));
    assert_eq!(recording_at(&bare.address()), Some(bare.clone()));
    assert_eq!(recording_at(&format!("{}#https://example.org/x.png", name.path())), Some(bare.clone()));
    assert_eq!(recording_at(&format!("https://example.org{}", name.path())), None);
    let text = format!("看：![甲]({})，![乙]({}) {RECORDINGS}x", shown.address(), bare.address());
    assert_eq!(recordings_of(&text).collect::<Vec<_>>(), [name.clone(), name]);
}

#[test]
fn sizes_are_said_in_megabytes() {
    for (bytes, said) in [(0, "0.1 MB"), (1, "0.1 MB"), (3_000_000, "3.0 MB"), (12_345_678, "12.4 MB")] {
        assert_eq!(data_size(bytes), said);
    }
}

#[test]
fn video_and_sound_have_limits_of_their_own() {
    let limits = RecordingLimits { video_bytes: 100, sound_bytes: 10 };
    assert_eq!(limits.check(RecordingKind::Webm, 100), Ok(()));
    let refused = limits.check(RecordingKind::Mp3, 11).unwrap_err();
    assert_eq!((refused, limits.most()), (RecordingTooLarge { most_bytes: 10 }, 100));
    assert!(has_texts(&format!("{}.detail", refused.message_key())));
}

proptest! {
    #[test]
    fn whatever_comes_is_judged(file in proptest::collection::vec(any::<u8>(), 0..600), which in 0_usize..4) {
        let start: [&[u8]; 4] = [b"", b"\0\0\0\x10ftypisom\0\0\0\0", b"\x1a\x45\xdf\xa3", b"ID3\x04\0\0"];
        drop(look(&[start[which], &file].concat()));
    }

    #[test]
    fn a_changed_file_is_judged_and_what_is_private_lies_within(
        which in 0_usize..6,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut file = files().swap_remove(which).0;
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(found) = look(&file) {
            for private in found.private {
                prop_assert!(private.header >= 8 && private.bytes >= private.header);
                prop_assert!(private.at + private.bytes <= file.len() as u64);
            }
        }
    }
}
