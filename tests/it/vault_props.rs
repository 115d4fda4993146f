//! Laws of the vault that hold for whatever a person writes.

use std::collections::BTreeMap;

use cairn::model::{Entry, Kind};
use cairn::vault::names::{DeviceId, Hash128, KeyKind, KeyName, RecordName};
use cairn::vault::padme::{FLOOR, padded};
use cairn::vault::seal::scan_header;
use cairn::vault::{Passphrase, RecoveryKey};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::support::vault::{World, head, id, now, verify};

/// Text as it comes: plain, and with everything that Unicode can do to a line.
fn any_text() -> impl Strategy<Value = String> {
    let strange = prop::sample::select(vec![
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200b}",
        "\u{feff}",
        "\u{0}",
        "\u{7}",
        "\u{1b}[31m",
        "\r\n",
        "\n",
        "\t",
        "\u{2028}",
        "\\",
        "\"",
        "e\u{301}",
        "\u{e9}",
        "\u{212b}",
        "ß",
        "İ",
        "שלום",
        "مرحبا",
        "👩\u{200d}⚕\u{fe0f}",
        "\u{10ffff}",
        "{\"mac\":\"",
        "---",
        "../",
        "=1+1",
    ]);
    prop_oneof![
        ".*",
        prop::collection::vec(prop_oneof![strange.prop_map(ToOwned::to_owned), "\\PC{0,8}"], 0..12)
            .prop_map(|parts| parts.concat()),
    ]
}

/// Any JSON that the format keeps: ASCII names of fields, whole numbers below 2^53.
fn any_body() -> impl Strategy<Value = Value> {
    let limit = (1_i64 << 53) - 1;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-limit..=limit).prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[ -~]{0,12}", inner, 0..6)
                .prop_map(|fields: BTreeMap<String, Value>| Value::from(Map::from_iter(fields))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn whatever_is_saved_comes_back_the_same(bodies in prop::collection::vec(any_body(), 1..5)) {
        let (world, mut open, _) = World::with_vault();
        let entries: Vec<Entry> = (1..)
            .zip(bodies)
            .map(|(number, body)| Entry::new(Kind::Learning, id(number), Vec::new(), body).unwrap())
            .collect();
        // `person` in a body must be the same in one file, so each goes into its own.
        for entry in &entries {
            open.save(vec![entry.clone()], now()).unwrap();
        }
        drop(open);
        let open = world.open();
        for entry in &entries {
            prop_assert_eq!(head(&open, entry.id), Some(entry.clone()));
        }
        prop_assert!(verify(&open).damaged.is_empty());
    }

    #[test]
    fn whatever_is_typed_comes_back_from_a_draft(
        drafts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 1..4),
    ) {
        let (world, mut open, _) = World::with_vault();
        for draft in &drafts {
            open.draft_put(id(1), draft, now()).unwrap();
        }
        drop(open);
        let open = world.open();
        let draft = open.draft_get(id(1)).unwrap();
        prop_assert_eq!(Some(draft.content.as_slice()), drafts.last().map(Vec::as_slice));
    }

    #[test]
    fn any_passphrase_opens_its_own_vault(typed in any_text()) {
        let world = World::empty();
        let passphrase = Passphrase::new(&typed);
        let store = Box::new(world.store.clone());
        let local = Box::new(world.local.clone());
        let cost = crate::support::vault::cost();
        drop(cairn::vault::Vault::create(store, local, &passphrase, cost, now()).unwrap());
        prop_assert!(world.try_open(&passphrase).is_ok());
        let other = Passphrase::new(&format!("{typed}x"));
        prop_assert!(world.try_open(&other).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn padding_follows_the_law_of_padme(len in 0_usize..=(16 << 20)) {
        let size = padded(len);
        prop_assert!(size >= len && size >= FLOOR);
        prop_assert_eq!(padded(size), size, "a padded size stays");
        prop_assert!(len <= FLOOR || (size - len) * 16 <= len, "at most a sixteenth more");
        prop_assert!(padded(len + 1) >= size, "sizes keep their order");
        // Only the leading bits are told: as many as the length of the exponent.
        let exponent = size.ilog2();
        let told = exponent.ilog2() + 1;
        prop_assert_eq!(size.trailing_zeros() >= exponent - told, true);
    }

    #[test]
    fn names_survive_a_round_trip(
        seq in 0_u64..200_000_000,
        bytes in any::<[u8; 16]>(),
        generation in 0_u32..20_000,
        number in 0_u32..2_000,
        device in "[a-z2-7]{8}",
    ) {
        let hash = Hash128::of(&bytes);
        let device: DeviceId = device.parse().unwrap();
        let record = RecordName { device, seq, hash };
        let parsed = RecordName::parse(device, &record.bucket(), &record.to_string());
        prop_assert_eq!(parsed, Ok(record));
        for kind in [KeyKind::Identity, KeyKind::Recovery] {
            let key = KeyName { kind, generation, number, hash };
            prop_assert_eq!(KeyName::parse(&key.to_string()), Ok(key));
        }
    }

    #[test]
    fn strange_names_are_no_names_and_no_panic(name in any_text()) {
        let device: DeviceId = "abcd2345".parse().unwrap();
        prop_assert!(KeyName::parse(&name).is_err());
        prop_assert!(RecordName::parse(device, "00000", &name).is_err());
        prop_assert!(RecoveryKey::parse(&name).is_err());
    }

    #[test]
    fn a_header_is_looked_over_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        lines in prop::collection::vec("-> [a-z]{0,3}\n|---[a-z]{0,3}\n|\n|[A-Z]{1,9}", 0..20),
    ) {
        let head = format!("age-encryption.org/v1\n{}", lines.concat());
        let ends = lines.concat().contains("\n---") || lines.first().is_some_and(|line| line.starts_with("---"));
        let stanzas = head.matches("\n->").count();
        if scan_header(head.as_bytes()).is_ok() {
            prop_assert!(ends);
        } else {
            prop_assert!(!ends || stanzas > 8);
        }
        prop_assert!(scan_header(&bytes).is_err());
    }
}
