/** Five minutes, in seconds: the most that any gateway may be configured to tolerate between its clock and an issuer's. */
export const furthestLeewaySeconds = 5 * 60;
