//! Padmé: sizes that tell little about what is inside (Nikitin and others, "Reducing Metadata
//! Leakage from Encrypted Files and Communication with PURBs", PETS 2019, section 4).

/// The smallest padded size in bytes, so that a short note looks like any other.
pub const FLOOR: usize = 512;

/// The size to which `len` bytes are padded: at least [`FLOOR`], never less than `len`, and at
/// most about an eighth more. Only the leading bits of a size survive, about as many as the
/// length of its length.
pub const fn padded(len: usize) -> usize {
    if len <= FLOOR {
        return FLOOR;
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1 << (exponent - kept)) - 1;
    (len + mask) & !mask
}
