/* Dispatch as a model for Spin: two demands, two volunteers who can serve one
 * demand at a time, a network that delivers late, out of order and again and
 * again, time-outs, and a crash of the side that keeps the pairings.
 *
 * The code is stricter than the model: pairings and ledger change in one commit
 * there (services/matcher/app/ledger.h). Here they are two parties that only
 * send each other messages, so that what holds here holds however they are
 * deployed.
 *
 * A message, once sent, may arrive at any time and any number of times from then
 * on; one that never arrives is one that has not arrived yet. So what is under
 * way is no state of its own: it follows from what was sent.
 *
 * Each demand is tried twice; the number of the attempt is the fence that every
 * reservation, release, answer and timer carries. Leave one out, and Spin finds
 * how it goes wrong:
 *   -DNO_RESERVE_FENCE  reservations, and their grants, of attempts that are over
 *   -DNO_RELEASE_FENCE  a late release frees what was reserved since
 *   -DNO_ANSWER_FENCE   an answer to an old offer is taken for one to the new
 *
 * tests/model/run checks it; tests/model/table_test.cc holds the lines that
 * begin with "#define PAIRING_" and "#define OFFER_" to
 * services/matcher/domain/life.h.
 */

#define DEMANDS 2
#define VOLUNTEERS 2
#define ATTEMPTS 2
#define NOBODY 9

mtype { NEW, PROPOSED, APPROVED, OFFERED, ACCEPTED, ACTIVE, COMPLETED,
        DECLINED, CANCELLED, PENDING, EXPIRED, WITHDRAWN };

/* The lives of a pairing and of an offer: by verb, where from and where to. */
#define FROM(state, a) (state == a)
#define FROM2(state, a, b) (state == a || state == b)
#define FROM3(state, a, b, c) (state == a || state == b || state == c)
#define FROM5(state, a, b, c, e, f) (FROM2(state, a, b) || FROM3(state, c, e, f))

#define PAIRING_PROPOSE(d) FROM3(pairing[d], NEW, CANCELLED, DECLINED), PROPOSED
#define PAIRING_APPROVE(d) FROM(pairing[d], PROPOSED), APPROVED
#define PAIRING_OFFER(d) FROM(pairing[d], APPROVED), OFFERED
#define PAIRING_ACCEPT(d) FROM(pairing[d], OFFERED), ACCEPTED
#define PAIRING_DECLINE(d) FROM3(pairing[d], OFFERED, ACCEPTED, ACTIVE), DECLINED
#define PAIRING_CANCEL(d) FROM5(pairing[d], PROPOSED, APPROVED, OFFERED, ACCEPTED, ACTIVE), CANCELLED
#define PAIRING_CHECK_IN(d) FROM2(pairing[d], ACCEPTED, ACTIVE), ACTIVE
#define PAIRING_COMPLETE(d) FROM(pairing[d], ACTIVE), COMPLETED
#define OFFER_SEND(d) FROM(offer[d], NEW), PENDING
#define OFFER_ACCEPT(d) FROM(offer[d], PENDING), ACCEPTED
#define OFFER_DECLINE(d) FROM(offer[d], PENDING), DECLINED
#define OFFER_EXPIRE(d) FROM(offer[d], PENDING), EXPIRED
#define OFFER_WITHDRAW(d) FROM2(offer[d], PENDING, ACCEPTED), WITHDRAWN
#define OFFER_RECALL(d) FROM2(offer[d], PENDING, ACCEPTED), WITHDRAWN

#define MAY(move) MAY_(move)
#define MAY_(from, to) (from)
#define MOVE(what, move) MOVE_(what, move)
#define MOVE_(what, from, to) assert(from); what = to

#define AT(d, f) ((d) * (ATTEMPTS + 1) + (f))
#define NOW(d) AT(d, attempt[d])
#define SLOTS 6 /* DEMANDS * (ATTEMPTS + 1) */

/* ----- The pairings' side: durable */
mtype pairing[DEMANDS] = NEW;
mtype offer[DEMANDS] = NEW; /* of the present attempt */
byte attempt[DEMANDS];      /* the fence; 0: none yet */
byte who[SLOTS];            /* is asked, by attempt */
bool offered[SLOTS];        /* an offer went out */
/* and what a crash takes: */
bool asked[DEMANDS]; /* this life of the process has asked the ledger */
bool up = true;
bool crashed;

/* ----- The ledger's side: durable */
byte holder[VOLUNTEERS] = NOBODY; /* the demand served */
byte held[VOLUNTEERS];            /* and the fence it was reserved with */
bool seen[SLOTS];                 /* a reservation or release was heard of */
bool freed[SLOTS];                /* a release was heard of */
bool granted[SLOTS];              /* and the reservation granted */

/* ----- What has been sent, and so may arrive */
bool reserve[SLOTS];
#define OVER(d, f) (f < attempt[d] || (f == attempt[d] && \
    (pairing[d] == DECLINED || pairing[d] == CANCELLED || \
     pairing[d] == COMPLETED)))

/* ----- The pairings' side */

inline Propose(d, v) {
  attempt[d]++;
  who[NOW(d)] = v;
  offer[d] = NEW;
  asked[d] = false;
  MOVE(pairing[d], PAIRING_PROPOSE(d))
}

/* After the commit, and again after a crash. */
inline Ask(d) {
  asked[d] = true;
  reserve[NOW(d)] = true
}

#ifdef NO_RESERVE_FENCE
#define GRANTS(d, f) (granted[AT(d, f)] && pairing[d] == APPROVED)
#else
#define GRANTS(d, f) \
  (granted[AT(d, f)] && pairing[d] == APPROVED && f == attempt[d])
#endif

inline HearGranted(d) {
  MOVE(offer[d], OFFER_SEND(d));
  MOVE(pairing[d], PAIRING_OFFER(d));
  offered[NOW(d)] = true
}

/* Whether an answer to the offer of attempt f, or its timer, is heard. */
#ifdef NO_ANSWER_FENCE
#define ANSWERS(d, f) (offered[AT(d, f)] && offer[d] == PENDING)
#else
#define ANSWERS(d, f) \
  (offered[AT(d, f)] && offer[d] == PENDING && f == attempt[d])
#endif
/* Nobody is bound, and nobody loses his time, by what he has not seen. */
#define CHECK_ANSWER(d, f) assert(f == attempt[d])

inline HearAccept(d, f) {
  CHECK_ANSWER(d, f);
  MOVE(offer[d], OFFER_ACCEPT(d));
  MOVE(pairing[d], PAIRING_ACCEPT(d))
}

inline HearDecline(d, f) {
  CHECK_ANSWER(d, f);
  MOVE(offer[d], OFFER_DECLINE(d));
  MOVE(pairing[d], PAIRING_DECLINE(d))
}

inline FireTimer(d, f) {
  CHECK_ANSWER(d, f);
  MOVE(offer[d], OFFER_EXPIRE(d));
  MOVE(pairing[d], PAIRING_DECLINE(d))
}

/* The coordinator takes the offer back. */
inline Recall(d) {
  MOVE(offer[d], OFFER_RECALL(d));
  MOVE(pairing[d], PAIRING_DECLINE(d))
}

/* The demand was withdrawn, or the ledger does not answer in time. */
inline Cancel(d) {
  if
  :: MAY(OFFER_WITHDRAW(d)) -> MOVE(offer[d], OFFER_WITHDRAW(d))
  :: else
  fi;
  MOVE(pairing[d], PAIRING_CANCEL(d))
}

/* ----- The ledger's side */

#define VOLUNTEER(d, f) who[AT(d, f)]
#define HELD_BY(d, f) \
  (holder[VOLUNTEER(d, f)] == d && held[VOLUNTEER(d, f)] == f)
#ifdef NO_RESERVE_FENCE
#define FRESH(d, f) true
#else
#define FRESH(d, f) (!seen[AT(d, f)])
#endif
#ifdef NO_RELEASE_FENCE
#define FREES(d, f) (holder[VOLUNTEER(d, f)] == d)
#else
#define FREES(d, f) HELD_BY(d, f)
#endif

/* Refused is who is held; the attempt then ends by time-out. */
inline HearReserve(d, f) {
  if
  :: FRESH(d, f) && holder[VOLUNTEER(d, f)] == NOBODY ->
     holder[VOLUNTEER(d, f)] = d;
     held[VOLUNTEER(d, f)] = f;
     granted[AT(d, f)] = true;
     /* What was given back is not taken again by an attempt that is over. */
     assert(!freed[AT(d, f)])
  :: else
  fi;
  seen[AT(d, f)] = true
}

inline HearRelease(d, f) {
  if
  :: FREES(d, f) -> holder[VOLUNTEER(d, f)] = NOBODY; held[VOLUNTEER(d, f)] = 0
  :: else
  fi;
  seen[AT(d, f)] = true;
  freed[AT(d, f)] = true
}

/* ----- What must hold */

/* Whoever has accepted is booked for it, under this very attempt; so nobody has
 * accepted two demands at a time. */
#define SERVED(d) (pairing[d] == ACCEPTED || pairing[d] == ACTIVE)
#define BOOKED(d) HELD_BY(d, attempt[d])
#define CHECK assert((!SERVED(0) || BOOKED(0)) && (!SERVED(1) || BOOKED(1)))

/* The volunteers are alike: demand 0 begins with the first of them. */
#define ASYMMETRIC(d) (d != 0 || attempt[d] > 0)
#define TRIES_LEFT(d) (attempt[d] < ATTEMPTS)

#define OF_DEMAND(d) \
  :: d_step { up && TRIES_LEFT(d) && MAY(PAIRING_PROPOSE(d)) -> \
              Propose(d, 0); CHECK } \
  :: d_step { up && TRIES_LEFT(d) && MAY(PAIRING_PROPOSE(d)) && \
              ASYMMETRIC(d) -> Propose(d, 1); CHECK } \
  :: d_step { up && MAY(PAIRING_APPROVE(d)) -> \
              MOVE(pairing[d], PAIRING_APPROVE(d)); CHECK } \
  :: d_step { up && MAY(OFFER_RECALL(d)) && MAY(PAIRING_DECLINE(d)) -> \
              Recall(d); CHECK } \
  :: d_step { up && pairing[d] == APPROVED && !asked[d] -> Ask(d); CHECK } \
  :: d_step { up && MAY(PAIRING_CANCEL(d)) -> Cancel(d); CHECK } \
  :: d_step { up && MAY(PAIRING_CHECK_IN(d)) -> \
              MOVE(pairing[d], PAIRING_CHECK_IN(d)); CHECK } \
  :: d_step { up && MAY(PAIRING_COMPLETE(d)) -> \
              MOVE(pairing[d], PAIRING_COMPLETE(d)); CHECK }

#define OF_ATTEMPT(d, f) \
  :: d_step { up && GRANTS(d, f) -> HearGranted(d); CHECK } \
  :: d_step { up && ANSWERS(d, f) -> HearAccept(d, f); CHECK } \
  :: d_step { up && ANSWERS(d, f) -> HearDecline(d, f); CHECK } \
  :: d_step { up && ANSWERS(d, f) -> FireTimer(d, f); CHECK } \
  :: d_step { reserve[AT(d, f)] -> HearReserve(d, f); CHECK } \
  :: d_step { OVER(d, f) && !(freed[AT(d, f)] && !FREES(d, f)) -> \
              HearRelease(d, f); CHECK }

#define DONE(d) (pairing[d] == COMPLETED || \
                 (!TRIES_LEFT(d) && MAY(PAIRING_PROPOSE(d))))

/* Nothing that must arrive is still to come. */
#define RELEASED(d) (freed[NOW(d)] && (attempt[d] < 2 || freed[AT(d, 1)]))

active proctype World() {
  do
  OF_DEMAND(0)
  OF_DEMAND(1)
  OF_ATTEMPT(0, 1)
  OF_ATTEMPT(0, 2)
  OF_ATTEMPT(1, 1)
  OF_ATTEMPT(1, 2)
  :: d_step { up && !crashed -> up = false; crashed = true; asked[0] = false;
              asked[1] = false }
  :: d_step { !up -> up = true }
  /* The network stops repeating what is over. */
  :: DONE(0) && DONE(1) && RELEASED(0) && RELEASED(1) -> break
  od;
  /* Every demand was served or is a gap, and nobody is booked for nothing. */
  assert(holder[0] == NOBODY && holder[1] == NOBODY)
}
