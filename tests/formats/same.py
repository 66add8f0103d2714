"""Layers compared by what they say: ids and the order of atoms do not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curate.formats.layers import Layer


def said(layer: Layer, *, with_attributes: bool = True, with_links: bool = True) -> dict[str, Any]:
    """Mentions, frames with their fillers' places, and links, each as a sorted list."""
    mentions = {m.id: m for m in layer.mentions}
    frames = {f.id: f for f in layer.frames}

    def filler(role: str, mention: str | None, frame: str | None, span: Any) -> tuple[Any, ...]:
        if mention is not None:
            held = mentions[mention]
            return role, "mention", held.span, held.type, held.subtype or ""
        if frame is not None:
            other = frames[frame]
            return role, "frame", other.trigger, other.type, ""
        return role, "span", span, "", ""

    def told(attributes: Any) -> tuple[Any, ...]:
        return tuple(sorted(attributes.items())) if with_attributes else ()

    def end(atom: str) -> tuple[Any, ...]:
        if atom in mentions:
            return mentions[atom].span, mentions[atom].type
        return frames[atom].trigger, frames[atom].type

    return {
        "mentions": sorted(
            (m.span, m.type, m.subtype or "", told(m.attributes)) for m in layer.mentions
        ),
        "frames": sorted(
            (
                f.trigger,
                f.type,
                tuple(sorted(filler(a.role, a.mention, a.frame, a.span) for a in f.arguments)),
                told(f.attributes),
            )
            for f in layer.frames
        ),
        "links": sorted((x.kind, *sorted((end(x.source), end(x.target)))) for x in layer.links)
        if with_links
        else [],
    }
