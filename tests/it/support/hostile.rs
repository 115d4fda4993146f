//! Files made to harm whoever reads them: by their headers, by what is in them, by their names.

use cairn::vault::mac::MacKey;
use cairn::vault::names::{Hash128, VaultId};
use cairn::vault::seal::{Identity, decrypt_with_passphrase};
use serde_json::Value;

use super::vault::{World, passphrase};

/// One hostile file, with a word about it.
pub struct Hostile {
    pub what: String,
    pub bytes: Vec<u8>,
}

/// One hostile file.
pub fn hostile(what: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Hostile {
    Hostile { what: what.into(), bytes: bytes.into() }
}

/// Bytes that pose as an age file, and other bytes that nobody expects.
pub fn headers() -> Vec<Hostile> {
    let version = "age-encryption.org/v1\n";
    let end = format!("--- {}\n{}", "A".repeat(43), "x".repeat(32));
    let mut all = Vec::new();
    for kib in [1, 4, 6, 12, 24, 64, 256, 1024] {
        let stanzas = "-> a\n\n".repeat(kib * 1024 / 6);
        all.push(hostile(
            format!("{kib} KiB of small stanzas"),
            format!("{version}{stanzas}{end}"),
        ));
        let line = "a".repeat(kib * 1024);
        all.push(hostile(
            format!("a stanza line of {kib} KiB"),
            format!("{version}-> {line}\n\n{end}"),
        ));
        all.push(hostile(format!("a first line of {kib} KiB"), line.clone()));
        all.push(hostile(format!("{kib} KiB of line ends"), "\n".repeat(kib * 1024)));
        all.push(hostile(format!("{kib} KiB of nothing"), vec![0; kib * 1024]));
        let body = format!("{}\n", "A".repeat(64)).repeat(kib * 16);
        all.push(hostile(
            format!("a stanza body of {kib} KiB"),
            format!("{version}-> a b\n{body}\n{end}"),
        ));
    }
    for log_n in (19..=30).chain([31, 32, 40, 62, 63, 64, 255, 256, 999]) {
        let salt = "A".repeat(22);
        let stanza = format!("-> scrypt {salt} {log_n}\n{}\n", "A".repeat(43));
        all.push(hostile(format!("scrypt 2^{log_n}"), format!("{version}{stanza}{end}")));
    }
    for text in ["", "\n", "age-encryption.org/v1", version, "age-encryption.org/v2\n--- x\n"] {
        all.push(hostile(format!("{text:?}"), text));
    }
    let armour = "-----BEGIN AGE ENCRYPTED FILE-----\n";
    all.push(hostile("armour without an end", format!("{armour}{}", "QUFB\n".repeat(50_000))));
    all
}

/// The test vectors for age of the C2SP: the age files in them.
pub fn vectors() -> Vec<Hostile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/age-testkit");
    let mut all: Vec<Hostile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let at = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap() + 2;
            hostile(path.file_name().unwrap().to_string_lossy(), &bytes[at..])
        })
        .collect();
    all.sort_by(|one, other| one.what.cmp(&other.what));
    all
}

/// JSON that readers choke on.
pub fn json() -> Vec<Hostile> {
    let mut all = Vec::new();
    for depth in [126, 127, 128, 129, 1000, 100_000, 1_000_000] {
        all.push(hostile(format!("{depth} deep"), "[".repeat(depth) + &"]".repeat(depth)));
        all.push(hostile(format!("{depth} deep, open"), "{\"a\":".repeat(depth.min(150_000))));
    }
    let keys: Vec<String> = (0..60_000).map(|n| format!("\"k{n}\":1")).collect();
    all.push(hostile("60,000 keys", format!("{{{}}}", keys.join(","))));
    all.push(hostile("one key 60,000 times", format!("{{{}}}", vec!["\"a\":1"; 60_000].join(","))));
    all.push(hostile("a key of 900 KB", format!("{{\"{}\":1}}", "k".repeat(900_000))));
    for number in
        ["1e400", "-1e400", "1e-400", "9007199254740993", "1.5", "-0", "18446744073709551616"]
    {
        all.push(hostile(
            format!("the number {number}"),
            format!("{{\"date\":{number},\"a\":{number}}}"),
        ));
    }
    for text in [
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"",
        "{'a':1}",
        "{\"a\":1,}",
        "nul",
        "[1,2",
        "\u{feff}{}",
        "{\"a\":NaN}",
        "//x\n{}",
    ] {
        all.push(hostile(format!("{text:?}"), text));
    }
    all.push(hostile("bytes that are no text", b"{\"a\":\"\xff\xfe\xc0\x80\"}".to_vec()));
    all.push(hostile("a number of 500,000 digits", "9".repeat(500_000)));
    all.push(hostile(
        "a string of 800 KB of escapes",
        format!("\"{}\"", "\\u0041".repeat(130_000)),
    ));
    all
}

/// Template files of nearly the greatest length that take a reader's memory or time.
pub fn templates() -> Vec<Hostile> {
    let many = |one: &str| vec![one; 1_000_000 / (one.len() + 1)].join(",");
    let numbered = |count: usize, one: &dyn Fn(usize) -> String| {
        (0..count).map(one).collect::<Vec<_>>().join(",")
    };
    let with = |sections: String| format!("{{\"id\":\"a\",\"sections\":[{sections}]}}");
    let prompts = |prompts: String| with(format!("{{\"title\":\"t\",\"prompts\":[{prompts}]}}"));
    let options = |options: String| {
        prompts(format!("{{\"id\":\"a\",\"kind\":\"choice\",\"options\":[{options}]}}"))
    };
    let all = [
        ("objects of one field", format!("[{}]", many("{\"\":0}"))),
        ("lists of one value", format!("[{}]", many("[0]"))),
        ("sections that are none", with(many("0"))),
        ("sections with nothing in them", with(many("{}"))),
        ("prompts that are none", prompts(many("{}"))),
        ("80,000 ids", prompts(numbered(80_000, &|n| format!("{{\"id\":\"{n}\"}}")))),
        ("18,000 ids", prompts(numbered(9_000, &|n| format!("{{\"id\":\"{n}\"}}")))),
        ("120,000 options", options(numbered(120_000, &|n| format!("\"{n}\"")))),
        ("19,000 options", options(numbered(19_000, &|n| format!("\"{n}\"")))),
        ("19,000 options alike", options(vec!["\"a\""; 19_000].join(","))),
        ("19,000 fields", format!("{{{}}}", numbered(19_000, &|n| format!("\"{n}\":0")))),
    ];
    all.map(|(what, text)| hostile(format!("a template: {what}"), text)).into()
}

/// Lines of nearly the greatest length that take an importer's memory or time.
pub fn imports() -> Vec<Hostile> {
    let list = |name: &str, one: &str| {
        let all = vec![one; 900_000 / (one.len() + 1)].join(",");
        hostile(
            format!("a line of {name}"),
            format!("{{\"date\":\"2026-01-01\",\"{name}\":[{all}]}}"),
        )
    };
    vec![
        list("tags", "\"\""),
        list("fields", "{\"prompt\":\"\",\"answer\":\"\"}"),
        list("actions", "{\"text\":\"\"}"),
        list("unknown", "{\"\":0}"),
    ]
}

/// Text that shows something else than it says, and names that lead elsewhere.
pub fn texts() -> Vec<String> {
    let mut all: Vec<String> = [
        "\u{202e}txt.exe",
        "\u{2066}a\u{2069}",
        "zero\u{200b}width",
        "nul\u{0}byte",
        "\u{feff}mark",
        "\u{1b}[31mred",
        "line\u{2028}end",
        "bell\u{7}",
        "../../etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "CON",
        "a/b",
        "trailing.",
        "=cmd|' /C calc'!A0",
        "+1",
        "@SUM(A1)",
        "-2+3",
        "{{7*7}}",
        "<script>",
        "%n%s",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    all.push("x".repeat(300));
    all.push(format!("a{}", "\u{301}".repeat(10_000)));
    all.push("\u{1f468}\u{200d}\u{1f469}".repeat(1000));
    all.push("\u{fdfa}".repeat(5000));
    all
}

/// Whoever has the vault's key: opens everything, and seals any three lines with a code that is
/// right.
pub struct KeyHolder {
    pub identity: Identity,
    pub records: MacKey,
    pub local: MacKey,
    pub vault: VaultId,
}

impl KeyHolder {
    /// Of a vault whose passphrase is known.
    pub fn of(world: &World) -> KeyHolder {
        let sealed = world.store.get(&world.key_files("identity")[0]).unwrap();
        let text = decrypt_with_passphrase(&sealed, &passphrase(), 20).unwrap();
        let text = String::from_utf8(text.to_vec()).unwrap();
        let identity = Identity::parse(text.lines().last().unwrap()).unwrap();
        let file: Value = serde_json::from_slice(&world.store.get("VAULT.json").unwrap()).unwrap();
        let vault: VaultId = file["vault"].as_str().unwrap().parse().unwrap();
        let records = MacKey::records(identity.text(), vault);
        let local = MacKey::local(identity.text(), vault);
        KeyHolder { identity, records, local, vault }
    }

    /// A record file with this envelope and content, each taken as it stands.
    pub fn seal(&self, envelope: &str, content: &[u8]) -> Vec<u8> {
        let rest = [envelope.as_bytes(), content].join(&b'\n');
        self.identity.encrypt(&coded(&self.records, "cairn/record/1\n", &rest)).unwrap()
    }

    /// The lines after the first of an encrypted file.
    pub fn open(&self, sealed: &[u8]) -> Vec<u8> {
        let text = self.identity.decrypt(sealed).unwrap();
        let first = text.iter().position(|byte| *byte == b'\n').unwrap();
        text[first + 1..text.len() - 1].to_vec()
    }

    /// An envelope of a computer of its own.
    pub fn envelope(&self, seq: u64) -> String {
        format!(
            "{{\"v\":1,\"gen\":1,\"vault\":\"{}\",\"dev\":\"hhhhhhhh\",\"seq\":{seq},\"prev\":null,\
             \"seen\":{{}},\"at\":\"2026-10-17T10:00:00Z\"}}",
            self.vault
        )
    }
}

/// The three lines of a file whose second and third are these, with the code that fits.
pub fn coded(key: &MacKey, label: &str, rest: &[u8]) -> Vec<u8> {
    let code = key.code(label, rest);
    [format!("{{\"mac\":\"{code}\"}}").as_bytes(), rest, b""].join(&b'\n')
}

/// Where a record file with these bytes lies.
pub fn record_path(seq: u64, bytes: &[u8]) -> String {
    format!("records/hhhhhhhh/{:05}/{seq:08}-{}.age", seq / 1000, Hash128::of(bytes))
}
