use super::*;

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3, length[0], length[1]], content].concat()
}

fn all(bytes: &[u8]) -> Result<Vec<Record>, NotTls> {
    let mut records = Records::default();
    records.push(bytes);
    std::iter::from_fn(|| records.next().transpose()).collect()
}

fn hello(extensions: Option<&[u8]>) -> Vec<u8> {
    let mut body = vec![3, 3];
    body.extend([7; 32]);
    body.extend([0, 0x13, 1, 0]);
    if let Some(extensions) = extensions {
        body.extend(u16::try_from(extensions.len()).unwrap().to_be_bytes());
        body.extend(extensions);
    }
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[2], &length[1..], &body].concat()
}

#[test]
fn records_are_whole_or_refused() {
    let hi = record(22, b"hi");
    let data = record(23, &[0; 300]);
    for (name, bytes, expected) in [
        ("nothing", vec![], Ok(0)),
        ("half a header", hi[..3].to_vec(), Ok(0)),
        ("half a record", hi[..6].to_vec(), Ok(0)),
        ("one", hi.clone(), Ok(1)),
        (
            "two and a bit",
            [&hi[..], &data, &data[..9]].concat(),
            Ok(2),
        ),
        ("empty data", [hi.clone(), record(23, b"")].concat(), Ok(2)),
        ("empty handshake", record(22, b""), Err(NotTls::Length)),
        ("http", b"POST / HTTP/1.1\r\n".to_vec(), Err(NotTls::Type)),
        ("one byte of http", b"P".to_vec(), Err(NotTls::Type)),
        ("data first", data.clone(), Err(NotTls::Type)),
        ("alert first", record(21, b"ab"), Err(NotTls::Type)),
        (
            "heartbeat",
            [hi.clone(), record(24, b"a")].concat(),
            Err(NotTls::Type),
        ),
        ("ssl 2", vec![0x80, 0x2e, 1], Err(NotTls::Type)),
        ("version 4", vec![22, 4], Err(NotTls::Type)),
        (
            "longest",
            [hi.clone(), record(23, &[0; LONGEST])].concat(),
            Ok(2),
        ),
        ("too long", vec![22, 3, 3, 0x48, 1], Err(NotTls::Length)),
    ] {
        assert_eq!(all(&bytes).map(|records| records.len()), expected, "{name}");
    }
}

#[test]
fn records_do_not_depend_on_how_the_bytes_come() {
    let bytes = [
        record(22, b"hello"),
        record(20, &[1]),
        record(23, &[9; 700]),
    ]
    .concat();
    let expected = all(&bytes).unwrap();
    for step in [1, 2, 3, 5, 6, 64] {
        let mut records = Records::default();
        let mut found = Vec::new();
        for piece in bytes.chunks(step) {
            records.push(piece);
            while let Some(record) = records.next().unwrap() {
                found.push(record);
            }
        }
        assert_eq!(found, expected, "{step} bytes at a time");
    }
}

#[test]
fn no_bytes_make_the_reader_fail() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        for _ in 0..state % 80 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.push(if state.is_multiple_of(3) {
                22
            } else {
                state as u8
            });
        }
        state = state.rotate_left(5).wrapping_add(1);
        let _ = agreed(&bytes);
        let _ = agreed(&[&[2, 0, 0, 60], &bytes[..]].concat());
        for record in all(&bytes).unwrap_or_default() {
            let _ = ServerHello::default().take(&record);
            let _ = Client::default().classify(&record, Some(Version::V13));
        }
    }
}

#[test]
fn the_version_is_read_from_the_servers_hello() {
    let v13 = [0, 43, 0, 2, 3, 4];
    let after_another = [&[0, 51, 0, 1, 9][..], &v13].concat();
    for (name, handshake, expected) in [
        ("1.3", hello(Some(&v13)), Some(Version::V13)),
        (
            "1.3 after another",
            hello(Some(&after_another)),
            Some(Version::V13),
        ),
        ("1.2", hello(Some(&[0, 23, 0, 0])), Some(Version::Old)),
        ("no extensions", hello(None), Some(Version::Old)),
        (
            "a draft",
            hello(Some(&[0, 43, 0, 2, 0x7f, 28])),
            Some(Version::Old),
        ),
        ("no hello", vec![11, 0, 0, 0], None),
        ("cut off", hello(Some(&v13))[..40].to_vec(), None),
    ] {
        assert_eq!(agreed(&handshake), expected, "{name}");
        let mut reader = ServerHello::default();
        let mut found = None;
        for piece in handshake.chunks(20) {
            let records = all(&record(22, piece)).unwrap();
            found = reader.take(&records[0]);
        }
        assert_eq!(found, expected, "{name}, in pieces");
    }
}

#[test]
fn the_first_application_record_is_told_from_the_handshake() {
    const HANDSHAKE_13: &[(u8, usize)] = &[(22, 500), (20, 1), (23, 69)];
    const HANDSHAKE_12: &[(u8, usize)] = &[(22, 500), (22, 70), (20, 1), (22, 40)];
    let data = |plain| Ok(Sent::Application { plain });
    for (name, version, before, (kind, length), expected) in [
        (
            "1.3 Finished",
            Some(Version::V13),
            &HANDSHAKE_13[..2],
            (23, 53),
            Ok(Sent::Finished),
        ),
        (
            "1.3 with an empty certificate",
            Some(Version::V13),
            &HANDSHAKE_13[..2],
            (23, 94),
            Ok(Sent::Finished),
        ),
        (
            "1.3 no Finished",
            Some(Version::V13),
            &HANDSHAKE_13[..2],
            (23, 126),
            data(109),
        ),
        (
            "1.3 request",
            Some(Version::V13),
            HANDSHAKE_13,
            (23, 600),
            data(583),
        ),
        (
            "1.3 short request",
            Some(Version::V13),
            HANDSHAKE_13,
            (23, 23),
            data(6),
        ),
        (
            "1.3 alert",
            Some(Version::V13),
            HANDSHAKE_13,
            (23, 19),
            Ok(Sent::Control),
        ),
        (
            "early data",
            None,
            &HANDSHAKE_13[..2],
            (23, 300),
            Err(NotTls::Early),
        ),
        (
            "second hello",
            None,
            &HANDSHAKE_13[..2],
            (22, 500),
            Ok(Sent::Handshake),
        ),
        (
            "1.2 Finished",
            Some(Version::Old),
            &HANDSHAKE_12[..3],
            (22, 40),
            Ok(Sent::Finished),
        ),
        (
            "1.2 request",
            Some(Version::Old),
            HANDSHAKE_12,
            (23, 600),
            data(584),
        ),
        (
            "1.2 shortest",
            Some(Version::Old),
            HANDSHAKE_12,
            (23, 17),
            data(1),
        ),
        (
            "1.2 alert",
            Some(Version::Old),
            HANDSHAKE_12,
            (21, 26),
            Ok(Sent::Control),
        ),
        (
            "1.2 data too soon",
            Some(Version::Old),
            &HANDSHAKE_12[..2],
            (23, 90),
            Err(NotTls::Early),
        ),
    ] {
        let mut client = Client::default();
        let of = |(kind, length): (u8, usize)| Record {
            kind,
            bytes: record(kind, &vec![0; length]),
        };
        for sent in before {
            client.classify(&of(*sent), version).unwrap();
        }
        assert_eq!(
            client.classify(&of((kind, length)), version),
            expected,
            "{name}"
        );
    }
}
