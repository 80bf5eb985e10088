# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""Small plane geometry on lists of (x, y): boxes, strips, convex overlap, noise without state."""
import math


def box(x0, y0, x1, y1):
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def bounds(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def area(ring):
    total = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        total += x0 * y1 - x1 * y0
    return total / 2


def strip(a, b, width):
    """The rectangle of a road segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    return [(a[0] - nx, a[1] - ny), (b[0] - nx, b[1] - ny), (b[0] + nx, b[1] + ny), (a[0] + nx, a[1] + ny)]


def length(line):
    return sum(math.dist(a, b) for a, b in zip(line, line[1:]))


def along(line, distance):
    """The point at a distance from the start, and the unit direction there."""
    for a, b in zip(line, line[1:]):
        step = math.dist(a, b)
        if distance <= step or b is line[-1]:
            t = min(distance / step, 1.0)
            return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), ((b[0] - a[0]) / step, (b[1] - a[1]) / step)
        distance -= step
    raise ValueError("empty line")


def inside(convex, x, y):
    """Convex ring, counter-clockwise."""
    for (x0, y0), (x1, y1) in zip(convex, convex[1:] + convex[:1]):
        if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) < 0:
            return False
    return True


def overlap(a, b, tolerance=0.005):
    """Whether two convex rings share more than their edges (separating axes)."""
    ax0, ay0, ax1, ay1 = bounds(a)
    bx0, by0, bx1, by1 = bounds(b)
    if ax1 <= bx0 + tolerance or bx1 <= ax0 + tolerance or ay1 <= by0 + tolerance or by1 <= ay0 + tolerance:
        return False
    for ring in (a, b):
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            size = math.hypot(x1 - x0, y1 - y0)
            nx, ny = -(y1 - y0) / size, (x1 - x0) / size
            pa = [nx * x + ny * y for x, y in a]
            pb = [nx * x + ny * y for x, y in b]
            if max(pa) <= min(pb) + tolerance or max(pb) <= min(pa) + tolerance:
                return False
    return True


def cross(a, b, c, d):
    """Whether segments a-b and c-d meet anywhere but at a shared end."""
    if a in (c, d) or b in (c, d):
        return False

    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    s = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
    if s[0] * s[1] < 0 and s[2] * s[3] < 0:
        return True
    for value, point, p, q in ((s[0], c, a, b), (s[1], d, a, b), (s[2], a, c, d), (s[3], b, c, d)):
        if abs(value) < 1e-9 and min(p[0], q[0]) - 1e-9 <= point[0] <= max(p[0], q[0]) + 1e-9 and \
                min(p[1], q[1]) - 1e-9 <= point[1] <= max(p[1], q[1]) + 1e-9:
            return True
    return False


def chance(seed, *keys):
    """A number in 0..1 that depends on its keys alone (splitmix64)."""
    state = seed & 0xFFFFFFFFFFFFFFFF
    for key in keys:
        state = (state + (int(key) & 0xFFFFFFFFFFFFFFFF) + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return (state >> 11) / float(1 << 53)
