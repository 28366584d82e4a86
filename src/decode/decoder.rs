//! From the first byte of a document to the last: walker and values in turn.

use super::number::read_integer;
use super::skip::skip_value;
use super::text::Quoted;
use super::walk::{Action, State, Walker};
use crate::error::{ErrorKind, Expected, Fault};
use crate::schema::{ArenaFull, Builder};
use bumpalo::Bump;

/// Decodes the document that begins at `at`, perhaps after white space, into `builder`. Returns where it
/// ends; what follows it is not looked at.
pub(crate) fn decode<'a>(
    walker: &Walker,
    bytes: &'a [u8],
    mut at: usize,
    builder: &mut impl Builder<'a>,
    arena: &'a Bump,
) -> Result<usize, Fault> {
    let mut state = State::START;
    loop {
        let step = walker.step(bytes, at, state)?;
        builder.open(step.opened);
        at = match step.action {
            Action::Text(slot) => {
                let quoted = Quoted::read(bytes, step.at)?;
                quoted
                    .keep(arena)
                    .ok_or(ArenaFull)
                    .and_then(|text| builder.text(slot, text))
                    .map_err(|ArenaFull| Fault::new(ErrorKind::ArenaLimit, step.at - 1))?;
                quoted.end
            }
            Action::Integer(slot) => {
                let (integer, end) = read_integer(bytes, step.at)?;
                builder.integer(slot, integer);
                end
            }
            Action::OneOf(slot, texts) => {
                let quoted = Quoted::read(bytes, step.at)?;
                let Some(choice) = texts.iter().position(|text| quoted.denotes(text)) else {
                    let expected = Expected::OneOf(texts);
                    return Err(Fault::expecting(ErrorKind::NotInEnum, step.at - 1, expected));
                };
                builder.choice(slot, choice);
                quoted.end
            }
            Action::Skip { depth } => skip_value(bytes, step.at, depth, walker.max_depth)?,
            Action::End => return Ok(step.at),
        };
        state = step.state;
    }
}
