use super::{Column, FieldKeys, KeyId, Sealed, key_of_bytes};
use crate::platform::{
    crypto::{Keys, encrypt},
    ids::SystemIds,
};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use uuid::Uuid;

const NUMBER: Column = Column { table: "person_document", name: "number" };
const PHONE: Column = Column { table: "person", name: "phone" };
const TEXT: &str = "330199198503140022";

/// A folder of keys, deleted with the value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap().keep())
    }

    fn keys(&self) -> FieldKeys {
        FieldKeys::make_missing(&self.0, &SystemIds).unwrap();
        FieldKeys::load(&self.0).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn row(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn seal(keys: &FieldKeys, row: Uuid) -> Sealed {
    keys.seal(NUMBER.of(row), TEXT, &SystemIds).unwrap()
}

#[test]
fn a_value_opens_where_it_was_sealed() {
    let folder = Folder::new();
    let keys = folder.keys();
    let sealed = seal(&keys, row(1));
    assert_eq!(keys.open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT);
    assert_ne!(sealed, seal(&keys, row(1)), "the same value is never sealed alike");
    assert_eq!(folder.keys().open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT, "after a new start too");
}

#[test]
fn a_value_does_not_open_in_another_row_or_column() {
    let folder = Folder::new();
    let keys = folder.keys();
    let sealed = seal(&keys, row(1));
    assert!(keys.open(NUMBER.of(row(2)), &sealed).is_err());
    assert!(keys.open(PHONE.of(row(1)), &sealed).is_err());
    assert!(keys.open(Column { table: "person", ..NUMBER }.of(row(1)), &sealed).is_err());
}

#[test]
fn a_value_with_any_bit_changed_or_any_byte_cut_does_not_open() {
    let folder = Folder::new();
    let keys = folder.keys();
    let sealed = seal(&keys, row(1));
    for bit in 0..sealed.0.len() * 8 {
        let mut changed = sealed.clone();
        changed.0[bit / 8] ^= 1 << (bit % 8);
        assert!(keys.open(NUMBER.of(row(1)), &changed).is_err(), "bit {bit}");
    }
    for length in 0..sealed.0.len() {
        assert!(keys.open(NUMBER.of(row(1)), &Sealed(sealed.0[..length].to_vec())).is_err(), "{length} bytes");
    }
}

#[test]
fn the_newest_key_seals_and_older_ones_still_open() {
    let folder = Folder::new();
    let keys = folder.keys();
    let (old, index) = (seal(&keys, row(1)), keys.blind_index(NUMBER, TEXT));
    assert_eq!(FieldKeys::add(&folder.0, &SystemIds).unwrap(), KeyId(2));
    assert_eq!(keys.current(), KeyId(1), "until the keys are read again");
    assert_eq!(keys.reload().unwrap(), KeyId(2));
    assert_eq!((old.key().unwrap(), seal(&keys, row(1)).key().unwrap()), (KeyId(1), KeyId(2)));
    assert_eq!(keys.open(NUMBER.of(row(1)), &old).unwrap().reveal(), TEXT);
    assert_eq!(keys.blind_index(NUMBER, TEXT), index, "what was indexed is still found");
}

#[test]
fn a_renewed_value_needs_the_old_key_no_more() {
    let folder = Folder::new();
    let keys = folder.keys();
    let old = seal(&keys, row(1));
    assert_eq!(keys.renew(NUMBER.of(row(1)), &old, &SystemIds).unwrap(), None, "nothing to do yet");
    FieldKeys::add(&folder.0, &SystemIds).unwrap();
    keys.reload().unwrap();
    let new = keys.renew(NUMBER.of(row(1)), &old, &SystemIds).unwrap().unwrap();
    std::fs::remove_file(folder.0.join("fields/1.key")).unwrap();
    let keys = folder.keys();
    assert_eq!(keys.open(NUMBER.of(row(1)), &new).unwrap().reveal(), TEXT);
    assert!(keys.open(NUMBER.of(row(1)), &old).is_err());
}

#[test]
fn a_node_learns_of_a_key_when_it_meets_it() {
    let folder = Folder::new();
    let (here, there) = (folder.keys(), folder.keys());
    FieldKeys::add(&folder.0, &SystemIds).unwrap();
    there.reload().unwrap();
    let sealed = seal(&there, row(1));
    assert_eq!(here.open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT);
    assert_eq!(here.current(), KeyId(2));
}

#[test]
fn nodes_take_a_new_key_one_by_one() {
    let (one, other) = (Folder::new(), Folder::new());
    one.keys();
    std::fs::create_dir_all(other.0.join("fields")).unwrap();
    let copy = |name: &str| std::fs::copy(one.0.join(name), other.0.join(name)).unwrap();
    copy("blind-index-1.key");
    copy("fields/1.key");
    let (first, second) = (one.keys(), other.keys());

    FieldKeys::add(&one.0, &SystemIds).unwrap();
    let sealed = seal(&first, row(1));
    assert_eq!(sealed.key().unwrap(), KeyId(1), "an added key seals nothing yet");
    assert_eq!(second.open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT);

    copy("fields/2.key");
    let sealed = seal(&one.keys(), row(1));
    assert_eq!(sealed.key().unwrap(), KeyId(2), "after its start");
    assert_eq!(second.open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT, "before its start");
}

/// The names of what lies in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_a_start_that_was_cut_off_left_behind_is_in_nobodys_way() {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("fields")).unwrap();
    for left in ["blind-index-1.tmp", "fields/1.tmp", "fields/1.0.tmp", "fields/2.tmp"] {
        std::fs::write(folder.0.join(left), "").unwrap();
    }
    let sealed = seal(&folder.keys(), row(1));
    assert_eq!(FieldKeys::add(&folder.0, &SystemIds).unwrap(), KeyId(2));
    assert_eq!(folder.keys().open(NUMBER.of(row(1)), &sealed).unwrap().reveal(), TEXT);
    assert_eq!(names(&folder.0.join("fields")), ["1.0.tmp", "1.key", "1.tmp", "2.key", "2.tmp"], "no draft stays");
}

#[test]
fn keys_are_made_once_in_a_folder_that_is_made_too() {
    let folder = Folder::new();
    let dir = folder.0.join("below/keys");
    let made = Keys::load_or_create(&dir, &SystemIds).unwrap();
    let read = Keys::load_or_create(&dir, &SystemIds).unwrap();
    let first = |keys: &Keys| keys.tokens[0].key.to_bytes();
    assert_eq!(first(&made), first(&read));
    assert_eq!(names(&dir), ["blind-index-1.key", "certificates.key", "fields", "tokens.key"]);
    let mode = std::fs::metadata(dir.join("tokens.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "its owner alone reads a key");
}

#[test]
fn who_only_reads_the_keys_makes_none_and_names_what_is_missing() {
    let folder = Folder::new();
    let dir = folder.0.join("keys");
    assert!(Keys::load(&dir).is_err());
    assert!(!dir.exists());
    Keys::load_or_create(&dir, &SystemIds).unwrap();
    Keys::load(&dir).unwrap();
    for (lost, told) in [
        ("tokens.key", "tokens.key"),
        ("certificates.key", "certificates.key"),
        ("blind-index-1.key", "blind-index-1.key"),
        ("fields/1.key", "fields"),
    ] {
        let kept = std::fs::read(dir.join(lost)).unwrap();
        std::fs::remove_file(dir.join(lost)).unwrap();
        let error = Keys::load(&dir).err().unwrap().to_string();
        assert!(error.contains(told), "{error}");
        assert!(!dir.join(lost).exists(), "{lost}");
        std::fs::write(dir.join(lost), kept).unwrap();
    }
}

const PHOTO: &str = "record_attachment 1";

#[test]
fn bytes_say_their_key_and_open_where_they_were_sealed() {
    let folder = Folder::new();
    let keys = folder.keys();
    let sealed = keys.seal_bytes(PHOTO, TEXT.as_bytes(), &SystemIds).unwrap();
    assert_eq!(key_of_bytes(&sealed), KeyId(1));
    assert_eq!(keys.open_bytes(PHOTO, &sealed).unwrap(), TEXT.as_bytes());
    assert!(keys.open_bytes("record_attachment 2", &sealed).is_err());
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(keys.open_bytes(PHOTO, &changed).is_err(), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert!(keys.open_bytes(PHOTO, &sealed[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn bytes_that_the_one_key_sealed_open_and_follow_the_ring() {
    let folder = Folder::new();
    let single = [7_u8; 32];
    std::fs::write(folder.0.join("at-rest.key"), single).unwrap();
    let keys = folder.keys();
    assert_eq!(keys.all(), [KeyId::SINGLE, KeyId(1)]);
    let old = encrypt(&single, PHOTO.as_bytes(), TEXT.as_bytes(), &SystemIds).unwrap();
    assert_eq!(key_of_bytes(&old), KeyId::SINGLE);
    assert_eq!(keys.open_bytes(PHOTO, &old).unwrap(), TEXT.as_bytes());
    let new = keys.renew_bytes(PHOTO, &old, &SystemIds).unwrap().unwrap();
    assert_eq!(keys.renew_bytes(PHOTO, &new, &SystemIds).unwrap(), None, "nothing more to do");

    std::fs::remove_file(folder.0.join("at-rest.key")).unwrap();
    let keys = folder.keys();
    assert_eq!(keys.all(), [KeyId(1)]);
    assert_eq!(keys.open_bytes(PHOTO, &new).unwrap(), TEXT.as_bytes());
    assert!(keys.open_bytes(PHOTO, &old).is_err(), "its key is gone");
}

#[test]
fn renewed_bytes_need_the_old_key_no_more() {
    let folder = Folder::new();
    let keys = folder.keys();
    let old = keys.seal_bytes(PHOTO, TEXT.as_bytes(), &SystemIds).unwrap();
    FieldKeys::add(&folder.0, &SystemIds).unwrap();
    keys.reload().unwrap();
    let new = keys.renew_bytes(PHOTO, &old, &SystemIds).unwrap().unwrap();
    assert_eq!(key_of_bytes(&new), KeyId(2));
    std::fs::remove_file(folder.0.join("fields/1.key")).unwrap();
    assert_eq!(folder.keys().open_bytes(PHOTO, &new).unwrap(), TEXT.as_bytes());
    assert!(folder.keys().open_bytes(PHOTO, &old).is_err());
}

#[test]
fn an_index_tells_columns_and_installations_apart() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let keys = folder.keys();
    assert_eq!(keys.blind_index(NUMBER, TEXT), keys.blind_index(NUMBER, TEXT));
    assert_ne!(keys.blind_index(NUMBER, TEXT), keys.blind_index(PHONE, TEXT));
    assert_ne!(keys.blind_index(NUMBER, TEXT), elsewhere.keys().blind_index(NUMBER, TEXT));
    let glued = Column { table: "person_documentn", name: "umber" };
    assert_ne!(keys.blind_index(NUMBER, TEXT), keys.blind_index(glued, TEXT));
}

#[test]
fn nothing_of_a_value_is_in_what_is_printed() {
    let folder = Folder::new();
    let keys = folder.keys();
    let sealed = seal(&keys, row(1));
    let plain = keys.open(NUMBER.of(row(1)), &sealed).unwrap();
    let printed = format!("{sealed:?} {plain:?} {:?}", keys.blind_index(NUMBER, TEXT));
    assert_eq!(printed, "Sealed(***) Plain(***) BlindIndex(***)");
}
