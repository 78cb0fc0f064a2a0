{{/* The policy that keeps the HTTPRoutes of others, for a controller that makes routes: the context, and the name of the controller. */}}
{{- define "agent-gateway-hooks.foreignRoutesPolicy" -}}
{{- $root := index . 0 -}}
{{- $controller := index . 1 -}}
# Metacontroller applies by force. A hook that looks first misses a route that appears before the write, and for many resources it would cost
# Metacontroller a test of each of them for each change of any HTTPRoute. So the API server refuses to turn a foreign HTTPRoute into a route of the controller. It
# compares nothing else, so any user may change routes as before.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  labels:
    {{- include "agent-gateway-hooks.labels" $root | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [gateway.networking.k8s.io]
        apiVersions: ["*"]
        resources: [httproutes]
        operations: [UPDATE]
  matchConditions:
    # Metacontroller marks each child of a DecoratorController with this annotation.
    - name: becomes-a-route-of-the-controller
      expression: >-
        object.metadata.?annotations[?"metacontroller.k8s.io/decorator-controller"].orValue("") == "{{ $controller }}" &&
        oldObject.metadata.?annotations[?"metacontroller.k8s.io/decorator-controller"].orValue("") != "{{ $controller }}"
  validations:
    # A route that the resource controls already, such as one that the KAOS operator made for it, is taken over.
    - expression: >-
        oldObject.metadata.?ownerReferences.orValue([]).exists(before, before.?controller.orValue(false) &&
        object.metadata.?ownerReferences.orValue([]).exists(after, after.?controller.orValue(false) && after.uid == before.uid))
      messageExpression: >-
        "HTTPRoute " + object.metadata.namespace + "/" + object.metadata.name +
        " already exists, but this resource does not control it; rename the resource, or remove the object"
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  labels:
    {{- include "agent-gateway-hooks.labels" $root | nindent 4 }}
spec:
  policyName: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  validationActions: [Deny]
{{- end -}}
